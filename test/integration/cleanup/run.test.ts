import { readdirSync } from 'node:fs'
import pg from 'pg'
import { beforeEach, describe, expect, it } from 'vitest'
import { runCleanup } from '#electron/cleanup/run.ts'
import type { Database, Transaction } from '#electron/database/database.ts'
import type { DatabaseOptions } from '#electron/database/open.ts'
import type { LockWait } from '#shared/jobs.ts'
import type { FreshClinic } from '#support/clinic.ts'
import { clean, confirmed, type Desk, desk, restore } from './backed-up.ts'
import { copiesOf } from './copies.ts'
import { decide, everything, opened } from './setting.ts'

/** One copy of a filled clinic for each attack. */
const next = copiesOf(200)
let clinic: FreshClinic
let at: Desk
beforeEach(async () => {
  clinic = await next()
  at = desk()
})

const sql = (text: string, values: unknown[] = []) => clinic.client.query(text, values)
const count = async (from: string) => Number((await sql(`SELECT count(*) AS n FROM ${from}`)).rows[0].n)
const content = async () => new Map([...(await everything(clinic))].filter(([name]) => !/^(file|sequence) /.test(name)))
/** Every group of tables, so that rows go, references are forgotten and users are deactivated. */
const thorough = () =>
  decide({ scopes: { users: 'remove', podiatrists: true, conversations: true }, keepPatients: ['4', '9'] })

/** The tables' owner, who is no superuser and owns nothing else. */
async function owner(): Promise<DatabaseOptions> {
  const role = await clinic.role()
  await sql(`DO $$ DECLARE r record; BEGIN
    FOR r IN SELECT c.oid::regclass AS name, c.relkind FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') LOOP
      EXECUTE format('ALTER %s %s OWNER TO %I', CASE r.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, r.name, '${role.user}');
    END LOOP; END $$`)
  await sql(`GRANT TEMPORARY ON DATABASE ${clinic.name} TO ${role.user}`)
  await sql(`GRANT ALL ON SCHEMA public TO ${role.user}`)
  return role
}

async function giveUp(role: DatabaseOptions): Promise<void> {
  await sql(`REASSIGN OWNED BY ${role.user} TO postgres`)
  await sql(`DROP OWNED BY ${role.user}`)
}

describe('the run', () => {
  it('lets the owner of the tables, who is no superuser, clean and put back exactly what went', async () => {
    const role = await owner()
    await sql(`ALTER TABLE pagos DISABLE TRIGGER pagos_saldo;
      ALTER TABLE aprendizajes_agente ENABLE ALWAYS TRIGGER aprendizajes_agente_fecha;
      DO $$ DECLARE name text; BEGIN
        FOR name IN SELECT tgname FROM pg_trigger WHERE tgrelid = 'citas'::regclass AND NOT tgisinternal LOOP
          EXECUTE format('ALTER TABLE citas ENABLE REPLICA TRIGGER %I', name);
        END LOOP; END $$`)
    const before = await content()
    await opened(role, async (database) => {
      const outcome = await clean(database, at, thorough(), { record: true })
      // Nobody gave this role the right to make a schema: the workstation remembers.
      expect(outcome).toMatchObject({ record: 'refused', proof: true })
      expect(at.journal.entries()).toMatchObject([{ outcome: 'done', backup: { name: outcome.backup.name } }])
      expect(await content()).not.toEqual(before)
      expect(await restore(database, at, outcome.backup.name)).toMatchObject({ changedSince: [] })
    })
    expect(await content()).toEqual(before)
    await giveUp(role)
  })

  it('loses no row that another session commits between any two of its statements', async () => {
    const other = new pg.Client({
      ...clinic.options,
      password: clinic.options.password ?? '',
      application_name: 'backend',
    })
    await other.connect()
    await other.query(`SET lock_timeout = '3ms'`)
    const committed: number[] = []
    const refused: string[] = []
    const write = async () => {
      await other
        .query(
          `INSERT INTO gastos (categoria, concepto, monto, fecha_gasto, metodo_pago) VALUES ('x', 'entre dos', 1, now(), 'z') RETURNING id`,
        )
        .then(
          ({ rows }) => committed.push(Number(rows[0].id)),
          (error: { code?: string }) => refused.push(String(error.code)),
        )
    }
    let intrude = false
    await opened(clinic.options, async (database) => {
      const intruded = beset(database, async () => (intrude ? write() : undefined))
      const options = await confirmed(database, at, decide(), { lockTimeout: 5_000 })
      intrude = true
      // What was written before the locks changes the plan: nothing is deleted that nobody saw.
      await expect(runCleanup(intruded, options)).rejects.toMatchObject({ code: 'CLEANUP_PLAN_CHANGED' })
      expect(await count(`gastos WHERE concepto = 'entre dos'`)).toBe(committed.length)
      // Once it holds the locks nobody gets in between any two statements, until the COMMIT.
      const again = await confirmed(database, at, decide(), { lockTimeout: 5_000 })
      intrude = false
      const { backup } = await runCleanup(intruded, {
        ...again,
        report: (phase) => {
          intrude = phase !== 'lock' && phase !== 'after'
        },
      })
      intrude = false
      expect(refused.length).toBeGreaterThan(20)
      expect(new Set(refused)).toEqual(new Set(['55P03']))
      expect(await count('gastos')).toBe(0)
      await restore(database, at, backup.name)
    })
    expect(await count(`gastos WHERE concepto = 'entre dos'`)).toBe(committed.length)
    await other.end()
  })

  it('refuses a second workstation at the same time', async () => {
    await opened(clinic.options, (one) =>
      opened(clinic.options, async (two) => {
        const options = await confirmed(one, at, decide())
        const late = await confirmed(two, desk(), decide())
        let second: Promise<unknown> | null = null
        await runCleanup(one, {
          ...options,
          report: (phase) => {
            if (phase === 'export') second ??= runCleanup(two, late).catch((error: unknown) => error)
          },
        })
        expect(await second).toMatchObject({ code: 'CLEANUP_RUNNING' })
      }),
    )
  })

  it.each(['export', 'proof', 'empty', 'verify'])(
    'is cancelled during %s and leaves everything as it was',
    async (when) => {
      const before = await everything(clinic)
      const abort = new AbortController()
      await opened(clinic.options, async (database) => {
        const options = await confirmed(database, at, decide(), { signal: abort.signal })
        const cancelled = runCleanup(database, {
          ...options,
          report: (phase) => void (phase === when && abort.abort()),
        })
        await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' })
      })
      expect(await everything(clinic)).toEqual(before)
      expect(readdirSync(at.folder).filter((name) => name.endsWith('.partial'))).toEqual([])
    },
  )

  it('says for whom it waits while it waits, and goes on when they let go', async () => {
    await sql('BEGIN; LOCK TABLE pagos IN ROW EXCLUSIVE MODE')
    const { rows } = await clinic.client.query(
      'SELECT pg_backend_pid() AS pid, extract(epoch FROM xact_start)::int AS since FROM pg_stat_activity WHERE pid = pg_backend_pid()',
    )
    const heard: (LockWait | null)[] = []
    await opened(clinic.options, async (database) => {
      const options = await confirmed(database, at, decide(), { lockTimeout: 20_000 })
      await runCleanup(database, {
        ...options,
        waiting: (waiting) => {
          heard.push(waiting)
          if (waiting) void sql('ROLLBACK')
        },
      })
    })
    const [row] = rows
    expect(heard).toEqual([
      {
        table: 'public.pagos',
        holders: [
          { process: row.pid, user: 'postgres', application: 'test', state: 'idle in transaction', since: row.since },
        ],
      },
      ...heard.slice(1).map(() => null),
    ])
  })

  it('says who holds the lock that it waited for', async () => {
    await sql('BEGIN; LOCK TABLE pagos IN ROW EXCLUSIVE MODE')
    await expect(
      opened(clinic.options, (database) => clean(database, at, decide(), { lockTimeout: 100 })),
    ).rejects.toMatchObject({
      code: 'LOCK_TIMEOUT',
      params: { holders: expect.stringContaining('test, postgres') },
    })
    await sql('ROLLBACK')
  })
})

describe('the restore', () => {
  it.each([
    ['a column that came since', 'ALTER TABLE citas ADD color text', 'columnAdded'],
    ['a column that went', 'ALTER TABLE pagos DROP COLUMN notas CASCADE', 'columnMissing'],
    ['another type', 'ALTER TABLE gastos ALTER concepto TYPE varchar(500)', 'columnChanged'],
    ['another rule', 'ALTER TABLE gastos ADD CONSTRAINT positivo CHECK (monto > 0)', 'constraintChanged'],
    [
      'a row that collides',
      `INSERT INTO gastos (id, categoria, concepto, monto, fecha_gasto, metodo_pago) OVERRIDING SYSTEM VALUE VALUES (1, 'x', 'y', 1, now(), 'z')`,
      'collision',
    ],
  ])('refuses %s, with the list, and changes nothing', async (_, change, code) => {
    await opened(clinic.options, async (database) => {
      const { backup } = await clean(database, at, decide(), { proof: false })
      await sql(change)
      const before = await everything(clinic)
      await expect(restore(database, at, backup.name)).rejects.toMatchObject({
        code: 'RESTORE_REFUSED',
        obstacles: expect.arrayContaining([expect.objectContaining({ code })]),
      })
      expect(await everything(clinic)).toEqual(before)
    })
  })

  it('keeps what came since, and never sets a sequence back', async () => {
    await opened(clinic.options, async (database) => {
      const patients = await count('pacientes')
      const { backup } = await clean(database, at, decide(), { proof: false })
      const { rows } = await sql(
        `INSERT INTO gastos (categoria, concepto, monto, fecha_gasto, metodo_pago) VALUES ('x', 'nuevo', 1, now(), 'z') RETURNING id`,
      )
      expect(await restore(database, at, backup.name)).toMatchObject({ changedSince: ['public.gastos'] })
      expect([await count('pacientes'), await count(`gastos WHERE concepto = 'nuevo'`)]).toEqual([patients, 1])
      const next = await sql(
        `INSERT INTO gastos (categoria, concepto, monto, fecha_gasto, metodo_pago) VALUES ('x', 'otro', 1, now(), 'z') RETURNING id`,
      )
      expect(Number(next.rows[0].id)).toBeGreaterThan(Number(rows[0].id))
    })
  })
})

/** A database whose every statement inside a write is preceded by somebody else's. */
function beset(database: Database, intrude: () => Promise<void>): Database {
  const before =
    <A extends unknown[], T>(call: (...values: A) => Promise<T>) =>
    async (...values: A) => {
      await intrude()
      return call(...values)
    }
  const wrapped = (transaction: Transaction): Transaction => ({
    ...transaction,
    query: before(transaction.query) as Transaction['query'],
    copyOut: before(transaction.copyOut),
    copyIn: before(transaction.copyIn),
  })
  return { ...database, write: (work, options) => database.write((transaction) => work(wrapped(transaction)), options) }
}
