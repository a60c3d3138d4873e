import { expect, it } from 'vitest'
import { execute } from '#electron/cleanup/engine.ts'
import { jobOptions } from '#electron/cleanup/rehearsal.ts'
import type { FreshClinic } from '#support/clinic.ts'
import { administrator, decide, demoClinic, everything, idle, long, opened, rehearsal, run, zone } from './setting.ts'

/** The demo clinic's promised sizes (design, section 9); each as large as ten of the one before. */
const sizes = long ? [12_000, 100_000, 1_000_000] : [12_000]

it.each(sizes)('rehearses without a trace, then deletes exactly that, at %i appointments', async (appointments) => {
  const clinic = await demoClinic(appointments)
  const decisions = decide({ scopes: { users: 'remove', podiatrists: true } })
  const before = long && appointments > 12_000 ? null : await everything(clinic)
  const { plan, tables, phases, milliseconds } = await rehearsal(clinic.options, decisions)
  if (before) expect(await everything(clinic)).toEqual(before)
  console.info(
    `rehearsal at ${appointments}: ${milliseconds} ms (${phases.map((each) => `${each.phase} ${each.milliseconds}`).join(', ')})`,
  )
  expect(tables.find(({ key }) => key === 'public.citas')).toMatchObject({ before: appointments, after: 0 })
  await run(clinic.options, decisions, plan.hash)
  for (const { key, after } of tables) {
    const { rows } = await clinic.client.query(`SELECT count(*)::int AS rows FROM ${key}`)
    expect([key, rows[0].rows]).toEqual([key, after])
  }
  await clinic.drop()
})

/** What the server did while a clinic was emptied: rows deleted one by one, and how often a table was read whole. */
async function labour(clinic: FreshClinic, decisions: ReturnType<typeof decide>) {
  let statements = 0
  await opened(clinic.options, async (database) => {
    const schema = await database.schema()
    await database.write(async (transaction) => {
      const counted = {
        ...transaction,
        query: (...call: Parameters<typeof transaction.query>) => {
          statements += 1
          return transaction.query(...call)
        },
      } as typeof transaction
      return execute(counted, schema, { ...idle, decisions, administrator, zone, expectedHash: null })
    }, jobOptions)
  })
  const { rows } = await clinic.client.query<{ deleted: number; read: number }>(
    `SELECT sum(n_tup_del)::int AS deleted, sum(seq_scan)::int AS read FROM pg_stat_user_tables`,
  )
  return { statements, deleted: rows[0]?.deleted ?? -1, read: rows[0]?.read ?? -1 }
}

/** A clinic whose counters begin at nothing. */
async function counted(appointments: number): Promise<FreshClinic> {
  const clinic = await demoClinic(appointments)
  await clinic.client.query('SELECT pg_stat_reset()')
  return clinic
}

it('rule 11: empties whole tables without deleting a single row one by one, whatever points at them', async () => {
  const clinic = await counted(600)
  const { deleted } = await labour(clinic, decide())
  expect(deleted).toBe(0)
  await clinic.drop()
})

it('rule 11: asks the server as often for ten times the rows, and reads no table once more', async () => {
  // With patients to keep, rows must be chosen one by one: the dear way.
  const decisions = decide({ keepPatients: ['2', '5', '11'] })
  const small = await counted(300)
  const large = await counted(3_000)
  const few = await labour(small, decisions)
  const many = await labour(large, decisions)
  expect(many.statements).toBe(few.statements)
  // The planner may prefer an index on the larger one; it never needs to read more often.
  expect(many.read).toBeLessThanOrEqual(few.read)
  expect(many.deleted).toBeGreaterThan(few.deleted)
  await small.drop()
  await large.drop()
})
