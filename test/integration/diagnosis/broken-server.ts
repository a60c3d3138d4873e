import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { DatabaseOptions } from '#electron/database/open.ts'
import { recordedLog } from '#support/log.ts'
import { type OwnServer, ownServer } from '#support/servers.ts'
import { createSmallClinic } from '#support/small-clinic.ts'

const close: (() => Promise<unknown>)[] = []

/** Is done when the running test ends, the latest first. */
export function afterThis(end: () => Promise<unknown>): void {
  close.push(end)
}

/** Does at once what waits for the end of the test. */
export async function endThis(): Promise<void> {
  for (const end of close.splice(0).reverse()) await end()
}

/** Call once in a file that uses `afterThis`. */
export function endAfterEach(): void {
  afterEach(endThis)
}

export interface BrokenServer {
  server(): OwnServer
  /** Its administrator, in the database of the clinic. */
  whole(): DatabaseOptions
  asOwner(work: (client: pg.Client) => Promise<unknown>): Promise<void>
  /** Gives the server another pg_hba.conf until the test ends; its own connection stays to give the old one back. */
  access(lines: string): Promise<void>
}

/** A server that lives only to be broken, with the least that is a clinic; every test leaves it whole. */
export function brokenServer(): BrokenServer {
  let server: OwnServer
  let whole: DatabaseOptions
  beforeAll(async () => {
    server = await ownServer({ settings: { max_connections: 8, superuser_reserved_connections: 2 } })
    const { host, port, user, password } = server
    whole = {
      ...{ host, port, user, password, database: 'postgres', schema: null },
      tls: { mode: 'disable', ca: null },
      pool: { warm: 0, max: 2 },
      log: recordedLog(),
    }
    await asOwner(async (client) => {
      await createSmallClinic(client)
      await client.query(
        `CREATE ROLE reader LOGIN PASSWORD 'secreta-lector'; GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader`,
      )
    })
  })
  afterAll(() => server?.remove())

  async function asOwner(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
    const client = new pg.Client(clientOptions(whole))
    await client.connect()
    await work(client).finally(() => client.end())
  }

  return {
    server: () => server,
    whole: () => whole,
    asOwner,
    async access(lines) {
      const file = join(server.data, 'pg_hba.conf')
      const before = readFileSync(file)
      const client = new pg.Client(clientOptions(whole))
      await client.connect()
      const set = async (content: string | Buffer) => {
        writeFileSync(file, content)
        await client.query('SELECT pg_reload_conf()')
      }
      await set(lines)
      afterThis(async () => {
        await set(before)
        await client.end()
      })
    },
  }
}

/** The same place for a client of a test's own. */
export function clientOptions({ host, port, database, user, password }: DatabaseOptions): pg.ClientConfig {
  return { host, port, database, user, password: password ?? '' }
}
