import type { Log } from '#electron/log.ts'
import { AppError } from '#shared/errors.ts'
import { createAlone } from './alone.ts'
import { linkTls, type Target } from './client.ts'
import type { Database, Link } from './database.ts'
import { offersTls } from './offers-tls.ts'
import { createPool, type Pool } from './pool.ts'
import { readSchema } from './read-schema.ts'
import { createRequests } from './requests.ts'
import type { ClinicSchema } from './schema.ts'
import { defaultTiming, type Timing } from './timing.ts'

/** What it takes to open a clinic's database. */
export interface DatabaseOptions extends Target {
  /** The schema that holds the clinic's tables; null follows the role's search_path. */
  readonly schema: string | null
  readonly pool: { readonly warm: number; readonly max: number }
  readonly log: Log
  /** Shorter waits, for tests. */
  readonly timing?: Partial<Timing>
}

const closeDeadline = 5_000
const schemaTimeout = 3_000

/**
 * Connects to a clinic's database, or throws within seconds the code that says why not: the network's
 * (`HOST_NOT_FOUND`, `CONNECTION_REFUSED`, `CONNECTION_TIMEOUT`, …), TLS' (`TLS_…`), the server's
 * (`AUTHENTICATION_FAILED`, `DATABASE_NOT_FOUND`, …), or `NOT_A_CLINIC`, `PRIVILEGE_MISSING`, `SERVER_TOO_OLD`
 * for what was found inside. Nothing stays open after a failure.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  return (await openWithPool(options)).database
}

/** The same with the pool itself, for the tests of this folder. */
export async function openWithPool(options: DatabaseOptions): Promise<{ database: Database; pool: Pool }> {
  const timing = { ...defaultTiming, ...options.timing }
  let known: Promise<ClinicSchema> | null = null
  const forget = () => {
    known = null
  }
  const pool = createPool({ target: options, size: options.pool, timing, log: options.log, onLost: forget })
  const requests = createRequests(pool, timing, options.schema, forget)
  let link: Link = { tls: { on: false, protocol: null }, pooler: false }

  function schema(): Promise<ClinicSchema> {
    const reading = requests
      .run(
        'read',
        async (transaction, client) => {
          const [process] = await transaction.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
          link = { tls: linkTls(client), pooler: process?.pid !== client.processID }
          return readSchema(transaction)
        },
        { statementTimeout: schemaTimeout },
      )
      .catch((error: unknown) => {
        if (known === reading) forget()
        throw error
      })
    return reading
  }

  const database: Database = {
    read: (work, requestOptions) => requests.run('read', work, requestOptions),
    write: (work, requestOptions) => requests.run('write', work, requestOptions),
    alone: createAlone({ pool, requests, timing, pooled: () => link.pooler }),
    share: requests.share,
    async schema({ again } = { again: false }) {
      requests.assertOutside()
      if (again) forget()
      known ??= schema()
      return known
    },
    link: () => link,
    warm: pool.warm,
    figures: pool.read,
    close: (deadline = closeDeadline) => pool.close(deadline),
  }

  try {
    await database.schema()
  } catch (error) {
    await database.close(0)
    throw await explained(error, options)
  }
  return { database, pool }
}

/** No rule of pg_hba.conf for a plain link, on a server that offers TLS: TLS is what it asks for. */
async function explained(error: unknown, { tls, host, port }: DatabaseOptions): Promise<unknown> {
  const refused =
    error instanceof AppError && error.code === 'ACCESS_NOT_CONFIGURED' && error.params.sqlstate === '28000'
  if (!refused || tls.mode !== 'disable' || !(await offersTls({ host, port }, 1_000))) return error
  return new AppError('TLS_REQUIRED', error.params)
}
