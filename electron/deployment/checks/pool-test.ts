import { setTimeout as wait } from 'node:timers/promises'
import type { Database } from '#electron/database/database.ts'
import {
  type Check,
  type CheckContext,
  type CheckControl,
  type CheckOutcome,
  databaseExpiry,
  hint,
  measured,
} from '#electron/deployment/check.ts'
import { poolDefaults } from '#shared/connection.ts'
import type { Evidence } from '#shared/deployment.ts'
import { AppError } from '#shared/errors.ts'

/** How often, and how far apart, a connection is given the time to come back: other work of ours may be running. */
const looks = 8
const pause = 250

/**
 * The guide's step 3 with our own pool: it opens, ten and then twenty queries run at once, every connection comes back,
 * and the server has no session of ours left inside a transaction. The lines are the guide's.
 */
export const poolTestCheck: Check = {
  ...{ id: 'poolTest', step: 3, item: 'pool', severity: 'required' },
  ...{ expires: databaseExpiry, signable: false, mayNotApply: false },
  async probe(context, control) {
    const lines: string[] = []
    const evidence: Evidence[] = []
    try {
      return await test(context, control, lines, evidence)
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'CANCELLED') throw error
      lines.push(`❌ ${error.code}`)
      evidence.push(measured('error', 'errorCode', error.code))
      return { status: 'failed', evidence, lines, hint: hint('poolBroken') }
    }
  },
}

async function test(
  { database: open, profile }: CheckContext,
  { signal, report }: CheckControl,
  lines: string[],
  evidence: Evidence[],
): Promise<CheckOutcome> {
  const database = open()
  const before = database.figures()
  await database.schema()
  await database.warm()
  const opened = database.figures().now.total
  evidence.push(measured('poolOpened', 'integer', opened), measured('poolMax', 'integer', profile.pool.max))
  if (opened < Math.min(profile.pool.warm, profile.pool.max)) {
    lines.push(`❌ Pool: ${opened}/${profile.pool.warm}`)
    return { status: 'failed', evidence, lines, hint: hint('poolBroken') }
  }
  lines.push('✅ Pool inicializado correctamente')
  report(0.2)

  const ten = await atOnce(database, 10)
  lines.push(...ten.users.map((users, at) => `✅ Query ${at + 1}: ${users} usuarios`))
  evidence.push(measured('tenAtOnce', 'milliseconds', ten.milliseconds))
  if (signal.aborted) throw new AppError('CANCELLED')
  report(0.4)
  const twenty = await atOnce(database, 20)
  lines.push(...twenty.users.map((users, at) => `✅ Query ${at + 11}: ${users} usuarios`))
  evidence.push(measured('twentyAtOnce', 'milliseconds', twenty.milliseconds))
  report(0.6)

  const back = await cameBack(database, signal)
  const left = await leftInTransaction(database, signal)
  const after = database.figures()
  const leaks = after.leaks - before.leaks
  evidence.push(
    measured('connectionsOut', 'integer', back),
    measured('leftInTransaction', 'integer', left),
    measured('leaks', 'integer', leaks),
  )
  if (back > 0 || left > 0 || leaks > 0) {
    lines.push('❌ INTRANS')
    return { status: 'failed', evidence, lines, hint: hint('poolLeaks') }
  }
  lines.push('✅ TODAS LAS PRUEBAS PASARON')
  const small = profile.pool.max < poolDefaults.max || profile.pool.warm < poolDefaults.warm
  return small
    ? { status: 'warning', evidence, lines, hint: hint('poolSmall', { ...poolDefaults }) }
    : { status: 'passed', evidence, lines }
}

/** So many questions at the same time, each with a connection of its own, and how long all of them took. */
async function atOnce(database: Database, count: number): Promise<{ users: number[]; milliseconds: number }> {
  const schema = await database.schema()
  const started = performance.now()
  const users = await Promise.all(
    Array.from({ length: count }, async () => {
      const sql = `SELECT count(*)::int AS users FROM ${schema.quoted('usuarios')}`
      const [row] = await database.read((transaction) => transaction.query<{ users: number }>(sql))
      return row?.users ?? 0
    }),
  )
  return { users, milliseconds: Math.round(performance.now() - started) }
}

/** How many connections have still not come back after a while. */
async function cameBack(database: Database, signal: AbortSignal): Promise<number> {
  let out = 0
  for (let look = 0; look < looks; look += 1) {
    const { now } = database.figures()
    out = now.total - now.idle + now.waiting
    if (out === 0) return 0
    await wait(pause, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) throw new AppError('CANCELLED')
  }
  return out
}

/** Our sessions of this workstation; the one that asks is active, never idle. */
const leftSql = `
  SELECT pid || ' ' || xact_start AS mark FROM pg_stat_activity
   WHERE application_name = 'podoskin-admin' AND usename = current_user AND datname = current_database()
     AND client_addr IS NOT DISTINCT FROM inet_client_addr() AND pid <> pg_backend_pid()
     AND state LIKE 'idle in transaction%'`

/** Sessions that stay in the same transaction from the first look to the last: those that only pass through do not count. */
async function leftInTransaction(database: Database, signal: AbortSignal): Promise<number> {
  let staying: readonly string[] | null = null
  for (let look = 0; look < looks; look += 1) {
    const rows = await database.read((transaction) => transaction.query<{ mark: string }>(leftSql))
    const seen = rows.map(({ mark }) => mark)
    staying = staying === null ? seen : staying.filter((mark) => seen.includes(mark))
    if (staying.length === 0) return 0
    await wait(pause, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) throw new AppError('CANCELLED')
  }
  return staying?.length ?? 0
}
