import { execute } from '#electron/cleanup/engine.ts'
import { jobOptions, planFrom, rehearse } from '#electron/cleanup/rehearsal.ts'
import type { Database } from '#electron/database/database.ts'
import { type DatabaseOptions, openDatabase } from '#electron/database/open.ts'
import { createClinic, fillClinic } from '#scripts/clinic/clinic.js'
import { type CleanupPlan, type Decisions, decisionsSchema, type RehearsalResult } from '#shared/cleanup.ts'
import { type FreshClinic, freshClinic, type SharedServer } from '#support/clinic.ts'

export const long = process.env.PODOSKIN_LONG === '1'
export const zone = 'America/Tijuana'
/** The doctor of the demo clinic: he runs the cleanup. */
export const administrator = '1'

type Loose = { [K in keyof Decisions]?: K extends 'scopes' | 'guard' ? Partial<Decisions[K]> : Decisions[K] }

/** Decisions that delete what looks real knowingly, but for what a test says. */
export function decide(part: Loose = {}): Decisions {
  const { guard, ...rest } = part
  return decisionsSchema.parse({
    ...rest,
    guard: { fiscal: 'delete', consent: 'delete', future: 'delete', recent: 'delete', ...guard },
  })
}

/** The demo clinic in a database of a test's own. */
export async function demoClinic(appointments = 1_000, server?: SharedServer): Promise<FreshClinic> {
  const clinic = await freshClinic({ empty: true, ...(server && { server }) })
  await createClinic(clinic.client)
  await fillClinic(clinic.client, { appointments, seed: 7, day: '2026-11-24' })
  await clinic.client.query('ANALYZE')
  return clinic
}

/** Opens the database, does the work, closes. */
export async function opened<T>(options: DatabaseOptions, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ ...options, pool: { warm: 0, max: 4 } })
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

export const idle = { signal: new AbortController().signal, report() {} }

/** The plan as a role sees it. */
export function plan(
  options: DatabaseOptions,
  decisions: Decisions,
  who: string | null = administrator,
): Promise<CleanupPlan> {
  return opened(options, (database) => planFrom(database, { decisions, administrator: who, zone }))
}

export function rehearsal(
  options: DatabaseOptions,
  decisions: Decisions,
  lockTimeout = 2_000,
): Promise<RehearsalResult> {
  return opened(options, (database) =>
    rehearse(database, { ...idle, decisions, administrator, zone, expectedHash: null, lockTimeout }),
  )
}

/** The same execution, committed: what the run of the next issue does between its backup and its COMMIT. */
export async function run(
  options: DatabaseOptions,
  decisions: Decisions,
  expectedHash: string | null = null,
): Promise<CleanupPlan> {
  return opened(options, async (database) => {
    const schema = await database.schema()
    const work = { ...idle, decisions, administrator, zone, expectedHash }
    return database.write(async (transaction) => (await execute(transaction, schema, work)).prepared.plan, jobOptions)
  })
}

/** Every row of every table, every sequence and constraint, as one digest per object, read beside the product. */
export async function everything({ client }: Pick<FreshClinic, 'client'>): Promise<Map<string, string>> {
  const { rows: tables } = await client.query<{ key: string }>(
    `SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS key FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ORDER BY 1`,
  )
  const found = new Map<string, string>()
  for (const { key } of tables) {
    const { rows } = await client.query(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS digest FROM ONLY ${key} t`,
    )
    found.set(key, rows[0].digest)
  }
  const { rows: objects } = await client.query<{ name: string; text: string }>(
    `SELECT concat_ws(' ', 'constraint', k.conrelid::regclass, k.conname) AS name, concat_ws(' ', pg_get_constraintdef(k.oid), k.convalidated) AS text
       FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
     UNION ALL SELECT concat_ws(' ', 'trigger', t.tgrelid::regclass, t.tgname), t.tgenabled::text FROM pg_trigger t WHERE NOT t.tgisinternal
     UNION ALL SELECT concat_ws(' ', 'index', x.indexrelid::regclass), pg_get_indexdef(x.indexrelid) FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid
       WHERE c.relnamespace::regnamespace::text !~ '^pg_|^information_schema'
     UNION ALL SELECT concat_ws(' ', 'sequence', c.oid::regclass), coalesce(pg_sequence_last_value(c.oid)::text, '-') FROM pg_class c WHERE c.relkind = 'S'
     UNION ALL SELECT concat_ws(' ', 'file', c.oid::regclass), pg_relation_filenode(c.oid)::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'i', 'S') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`,
  )
  for (const { name, text } of objects) found.set(name, text)
  return found
}
