import type pg from 'pg'
import { AppError } from '#shared/errors.ts'
import { type ClinicClient, destroyClient } from './client.ts'
import { isLinkFailure, type Place, toAppError } from './errors.ts'

/** A statement with its values, always prepared under no name: one statement only, and PgBouncer agrees. */
export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

/**
 * Sends one message and waits for its answer. When none comes within `deadline` ms (null: no limit) the link
 * is taken for dead and closed: a half-open socket would never say so. The wait begins when `after` is settled: what is
 * sent behind other statements is answered behind them. Every failure is an `AppError`; `CONNECTION_LOST` for the
 * silent link.
 */
export async function send(
  client: ClinicClient,
  statement: string | Statement,
  deadline: number | null,
  place: Place,
  after?: Promise<unknown>,
): Promise<pg.QueryResult<Record<string, unknown>>> {
  let silent = false
  let settled = false
  const giveUp = () => {
    if (settled) return
    silent = true
    destroyClient(client)
  }
  let timer: NodeJS.Timeout | undefined
  const wait = () => {
    // After a sleep the timer is late and the answer may lie in the socket: let it be read first.
    if (deadline !== null && !settled) timer = setTimeout(() => setImmediate(giveUp), deadline)
  }
  if (after === undefined) wait()
  else void after.then(wait)
  try {
    return await client.query(typeof statement === 'string' ? statement : prepared(statement))
  } catch (error) {
    if (silent) throw new AppError('CONNECTION_LOST', { host: place.host, port: place.port, silent: true })
    throw failureOf(client, error, place)
  } finally {
    settled = true
    clearTimeout(timer)
  }
}

function prepared({ text, values }: Statement): pg.QueryConfig {
  const config: pg.QueryConfig & { queryMode: 'extended' } = { text, values: [...values], queryMode: 'extended' }
  return config
}

/** A server that ends a session says why before the socket closes: that reason is better than "lost". */
function failureOf(client: ClinicClient, error: unknown, place: Place): AppError {
  const failure = toAppError(error, place)
  if (client.lastWords === null || !isLinkFailure(failure)) return failure
  return toAppError(client.lastWords, place)
}
