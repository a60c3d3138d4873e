import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** What happens to traffic: it passes, it is swallowed without a word (cable pulled), or it is reset. */
type Weather = 'pass' | 'swallow' | 'cut'

export interface NetworkProxy {
  readonly host: string
  readonly port: number
  /** Connections open now. */
  connections(): number
  /** Applies to what is open and to what comes. `cut` resets what is open and refuses what comes. */
  set(weather: Weather): void
  /** Resets what is open; what comes passes. */
  cutOpen(): void
  /** Swallows the traffic of what is open; what comes passes, as after a sleep or behind a router that forgot. */
  swallowOpen(): void
  /** Milliseconds that each chunk waits in both directions. */
  delay(milliseconds: number): void
  /**
   * The next time a client sends a message with this text: withholds it (`before`), or lets it through and
   * withholds the answer (`after`), and applies the weather to that connection. Resolves when it happened.
   */
  on(text: string, moment: 'before' | 'after', weather: 'cut' | 'swallow'): Promise<void>
  close(): Promise<void>
}

interface Pair {
  readonly client: Socket
  readonly server: Socket
  swallowing: boolean
}

interface Trap {
  readonly text: string
  readonly moment: 'before' | 'after'
  readonly weather: 'cut' | 'swallow'
  readonly sprung: () => void
}

/** A TCP proxy before a real server, for the accidents that happen to networks. */
export async function startProxy(target: { host: string; port: number }): Promise<NetworkProxy> {
  const pairs = new Set<Pair>()
  let traps: Trap[] = []
  let weather: Weather = 'pass'
  let latency = 0

  const server = createServer({ allowHalfOpen: true }, (client) => {
    if (weather === 'cut') return void client.resetAndDestroy()
    const pair: Pair = {
      client,
      server: connect({ ...target, allowHalfOpen: true }),
      swallowing: weather === 'swallow',
    }
    pairs.add(pair)
    let answerWithheld: Trap | null = null

    client.on('data', (chunk) => {
      const trap = traps.find(({ text }) => chunk.includes(text))
      if (trap !== undefined) {
        traps = traps.filter((other) => other !== trap)
        if (trap.moment === 'before') return spring(pair, trap)
        answerWithheld = trap
      }
      forward(pair, pair.server, chunk)
    })
    pair.server.on('data', (chunk) => {
      if (answerWithheld !== null) return spring(pair, answerWithheld)
      forward(pair, client, chunk)
    })
    client.on('end', () => !pair.swallowing && pair.server.end())
    pair.server.on('end', () => !pair.swallowing && client.end())
    const drop = () => {
      pairs.delete(pair)
      client.destroy()
      pair.server.destroy()
    }
    client.on('close', () => !pair.swallowing && drop())
    pair.server.on('close', () => !pair.swallowing && drop())
    client.on('error', () => !pair.swallowing && reset(pair))
    pair.server.on('error', () => !pair.swallowing && reset(pair))
  })

  function forward(pair: Pair, to: Socket, chunk: Buffer): void {
    if (pair.swallowing) return
    if (latency === 0) return void to.write(chunk)
    setTimeout(() => !pair.swallowing && !to.destroyed && to.write(chunk), latency)
  }

  function spring(pair: Pair, trap: Trap): void {
    if (trap.weather === 'cut') reset(pair)
    else pair.swallowing = true
    trap.sprung()
  }

  function reset(pair: Pair): void {
    pairs.delete(pair)
    pair.client.resetAndDestroy()
    pair.server.resetAndDestroy()
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')

  return {
    host: '127.0.0.1',
    port: address.port,
    connections: () => pairs.size,
    set(next) {
      weather = next
      for (const pair of pairs) {
        if (next === 'cut') reset(pair)
        else pair.swallowing = next === 'swallow'
      }
    },
    cutOpen() {
      for (const pair of pairs) reset(pair)
    },
    swallowOpen() {
      for (const pair of pairs) pair.swallowing = true
    },
    delay(milliseconds) {
      latency = milliseconds
    },
    on: (text, moment, then) =>
      new Promise((resolve) => {
        traps.push({ text, moment, weather: then, sprung: resolve })
      }),
    async close() {
      for (const pair of pairs) reset(pair)
      server.close()
      await once(server, 'close')
    },
  }
}
