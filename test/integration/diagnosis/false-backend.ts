import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import { afterThis } from './broken-server.ts'

/** Listens on a free port until the test ends; returns the port. */
export async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  afterThis(async () => server.close())
  return (server.address() as AddressInfo).port
}

/** Something that answers every request with this status; returns its address. */
export async function backendThatSays(status: number): Promise<string> {
  const server = createServer((_request, response) =>
    response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end('{}'),
  )
  return `http://127.0.0.1:${await listening(server)}`
}
