import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { logIn } from '#electron/deployment/http/backend-api.ts'
import { createHttpClient, type HttpClientOptions } from '#electron/deployment/http/client.ts'

const servers: Server[] = []
const sockets = new Set<Socket>()
afterEach(() => {
  for (const socket of sockets) socket.destroy()
  for (const server of servers.splice(0)) server.close()
})

async function listen(server: Server): Promise<string> {
  servers.push(server)
  server.on('connection', (socket: Socket) => sockets.add(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `http://127.0.0.1:${address.port}`
}

const serve = (handle: (request: IncomingMessage, response: ServerResponse) => void) => listen(createServer(handle))
const client = (address: string, change: Partial<HttpClientOptions> = {}) =>
  createHttpClient({ address, signal: new AbortController().signal, patience: 2_000, ...change })

describe('asking a backend that means no good', () => {
  it.each(['http://10.0.0.5:8000', 'http://clinica.mx', 'ftp://127.0.0.1', 'https://u:p@clinica.mx', 'no', ''])(
    'refuses to send anything to %j',
    (address) => expect(() => client(address)).toThrow('INVALID_INPUT'),
  )

  it('does not follow a redirect, and sends no token after it', async () => {
    const asked: string[] = []
    const elsewhere = await serve((request, response) => {
      asked.push(String(request.headers.authorization))
      response.end('{}')
    })
    const address = await serve((_, response) => response.writeHead(307, { location: `${elsewhere}/x` }).end())
    const login = await logIn(client(address), { user: 'u', password: 'p' })
    expect(login).toMatchObject({ kind: 'status', status: 307 })
    expect(asked).toEqual([])
  })

  it('ends an answer that never stops, and one that is too large', async () => {
    const endless = await serve((_, response) => {
      response.writeHead(200)
      const drip = setInterval(() => response.write('x'), 20)
      response.on('close', () => clearInterval(drip))
    })
    expect(await client(endless, { patience: 300 }).ask('/')).toMatchObject({ failure: 'timeout' })
    const huge = await serve((_, response) => response.end(Buffer.alloc(3_000_000, 'x')))
    expect(await client(huge).ask('/')).toMatchObject({ failure: 'tooLarge' })
  })

  it('survives what is no HTTP, a silent socket, a cut answer and nobody', async () => {
    const odd = await listen(
      createTcpServer((socket) => socket.on('error', () => undefined).end('SSH-2.0-OpenSSH\r\n')),
    )
    expect(await client(odd).ask('/')).toMatchObject({ failure: 'closed' })
    const silent = await listen(createTcpServer((socket) => socket.on('error', () => undefined)))
    expect(await client(silent, { patience: 200 }).ask('/')).toMatchObject({ failure: 'timeout' })
    const cut = await listen(
      createTcpServer((socket) => {
        socket.on('error', () => undefined)
        socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"a":'))
      }),
    )
    expect(await client(cut).ask('/')).toMatchObject({ failure: 'closed' })
    const gone = await serve((_, response) => response.end())
    servers.pop()?.close()
    for (const socket of sockets) socket.destroy()
    expect(await client(gone).ask('/')).toMatchObject({ failure: 'refused' })
  })

  it('asks again, once, when a kept connection was closed in that moment', async () => {
    let connections = 0
    const address = await listen(
      createTcpServer((socket) => {
        connections += 1
        let answers = 0
        socket.on('error', () => undefined)
        socket.on('data', () => {
          answers += 1
          if (answers === 1) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}')
          else socket.destroy()
        })
      }),
    )
    const one = client(address)
    expect(await one.ask('/')).toMatchObject({ status: 200 })
    expect(await one.ask('/')).toMatchObject({ status: 200 })
    expect(connections).toBe(2)
    one.close()
  })

  it('stops at once when a person cancels', async () => {
    const address = await listen(createTcpServer((socket) => socket.on('error', () => undefined)))
    const controller = new AbortController()
    const asked = client(address, { signal: controller.signal }).ask('/')
    const socket = connect(Number(new URL(address).port), '127.0.0.1')
    await once(socket, 'connect')
    socket.destroy()
    controller.abort()
    await expect(asked).rejects.toThrow('CANCELLED')
  })

  it.each([
    ['html with a type of JSON', 200, '<html>', { kind: 'shape' }],
    ['a token that is no string', 200, '{"access_token":{}}', { kind: 'shape' }],
    ['a token that would break a header', 200, '{"access_token":"a\\r\\nx-evil: 1aaaaaa"}', { kind: 'shape' }],
    ['a list', 200, '[]', { kind: 'shape' }],
    ['a wrong password', 401, '{}', { kind: 'status', status: 401 }],
    ['an inactive user', 403, '{}', { kind: 'status', status: 403 }],
    ['other fields', 422, '{}', { kind: 'status', status: 422 }],
  ])('login: %s', async (_name, status, body, expected) => {
    const address = await serve((_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(body)
    })
    expect(await logIn(client(address), { user: 'u', password: 'p' })).toMatchObject(expected)
  })

  it('login: how long to wait', async () => {
    for (const [header, seconds] of [
      ['42', 42],
      ['-1', null],
      ['mañana', null],
    ] as const) {
      const address = await serve((_, response) => {
        response.writeHead(429, { 'retry-after': Buffer.from(header).toString('latin1') }).end('{}')
      })
      expect(await logIn(client(address), { user: 'u', password: 'p' })).toMatchObject({
        status: 429,
        retryAfter: seconds,
      })
    }
  })
})
