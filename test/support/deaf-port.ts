import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export interface DeafPort {
  readonly port: number
  close(): Promise<void>
}

/**
 * A port where calls are lost without a word, as behind a firewall: a process that listens and then stands still, whose
 * queue of calls is full.
 */
export async function deafPort(): Promise<DeafPort> {
  const script = `
    const server = require('node:net').createServer().listen(0, '127.0.0.1', 1, () => {
      process.stdout.write(String(server.address().port) + '\\n', () =>
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 120_000))
    })`
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [said] = await once(child.stdout, 'data')
  const port = Number(String(said))
  const calls: Socket[] = []
  // Calls that are taken into the queue connect at once; the first that is lost does not.
  for (let taken = true; taken && calls.length < 64; ) {
    const call = connect({ host: '127.0.0.1', port })
    call.on('error', () => undefined)
    calls.push(call)
    taken = await Promise.race([
      once(call, 'connect').then(() => true),
      new Promise<false>((no) => setTimeout(no, 400, false)),
    ])
  }
  return {
    port,
    async close() {
      for (const call of calls) call.destroy()
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}
