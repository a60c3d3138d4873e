import { describe, expect, it } from 'vitest'
import { applyDrift, drifts } from '#scripts/clinic/clinic.js'
import type { FreshClinic, SharedServer } from '#support/clinic.ts'
import { ownServer } from '#support/servers.ts'
import { copiesOf } from './copies.ts'
import { decide, demoClinic, everything, long, plan, rehearsal, run } from './setting.ts'

/** Tables of every group, so that each drift meets every kind of work. */
const thorough = {
  scopes: { users: 'remove', podiatrists: true, conversations: true, stock: true },
  keepPatients: ['4', '9'],
} as const

async function rehearseAndRun(clinic: FreshClinic): Promise<void> {
  const whole = decide({ ...thorough, keepPatients: [...thorough.keepPatients] })
  let promised: Awaited<ReturnType<typeof rehearsal>> | null = null
  for (const decisions of [decide(), whole]) {
    const before = await everything(clinic)
    const rehearsed = await rehearsal(clinic.options, decisions)
    expect(await everything(clinic)).toEqual(before)
    expect(rehearsed.plan.totals.deletedRows).toBeGreaterThan(0)
    expect(rehearsed.plan.hash).toBe((await plan(clinic.options, decisions)).hash)
    promised = rehearsed
  }
  await run(clinic.options, whole, promised?.plan.hash ?? '')
  for (const { key, after } of promised?.tables ?? []) {
    const { rows } = await clinic.client.query(`SELECT count(*)::int AS rows FROM ${key}`)
    expect([key, rows[0].rows]).toEqual([key, after])
  }
}

describe('on installations that drifted', () => {
  const next = copiesOf(long ? 12_000 : 200)

  it.each(Object.keys(drifts) as (keyof typeof drifts)[])('rehearses and runs on %s', async (name) => {
    const clinic = await next()
    await applyDrift(clinic.client, name)
    await rehearseAndRun(clinic)
    await clinic.drop()
  })

  it('handles partitions, inheritance, generated columns, composite keys and odd names in the clinic itself', async () => {
    const clinic = await next()
    await clinic.client.query(`
      CREATE TABLE "Pagos ""2026""" (sucursal int NOT NULL, "Número" int NOT NULL, cita bigint REFERENCES citas ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
        PRIMARY KEY (sucursal, "Número")) PARTITION BY LIST (sucursal);
      CREATE TABLE "Pagos 1" PARTITION OF "Pagos ""2026""" FOR VALUES IN (1);
      CREATE TABLE "Pagos resto" PARTITION OF "Pagos ""2026""" DEFAULT;
      INSERT INTO "Pagos ""2026""" SELECT id % 3, id, id FROM citas WHERE id <= 30;
      CREATE TABLE abonos (id int PRIMARY KEY, sucursal int NOT NULL, numero int, doble text GENERATED ALWAYS AS ('n' || numero::text) STORED,
        FOREIGN KEY (sucursal, numero) REFERENCES "Pagos ""2026""");
      CREATE TABLE abonos_viejos () INHERITS (abonos);
      INSERT INTO abonos SELECT n, n % 3, n FROM generate_series(1, 10) n;
      INSERT INTO abonos_viejos SELECT n, n % 3, n FROM generate_series(11, 12) n;
      CREATE UNLOGGED TABLE sin_llave (cita bigint NOT NULL REFERENCES citas, nota text);
      INSERT INTO sin_llave SELECT id, 'x' FROM citas LIMIT 7;
      CREATE VIEW mira AS SELECT * FROM "Pagos ""2026""";`)
    const asked = await plan(clinic.options, decide())
    expect(asked.questions.map(({ table }) => table).sort()).toEqual(['public."Pagos ""2026"""', 'public.sin_llave'])
    const answered = { 'public."Pagos ""2026"""': 'delete', 'public.sin_llave': 'delete' } as const
    const again = await plan(clinic.options, decide({ tables: answered }))
    // What hangs on the first answer is asked about next.
    expect(again.questions.filter(({ decided }) => !decided)).toMatchObject([
      { table: 'public.abonos', options: ['clear', 'delete', 'keep'], rows: 10 },
    ])
    const decisions = decide({ tables: { ...answered, 'public.abonos': 'clear' } })
    const before = await everything(clinic)
    const rehearsed = await rehearsal(clinic.options, decisions)
    expect(await everything(clinic)).toEqual(before)
    expect(rehearsed.plan.tables.find(({ name }) => name === 'abonos')?.cleared).toMatchObject([
      { columns: ['numero'], rows: 10, follow: ['doble'] },
    ])
    await run(clinic.options, decisions, rehearsed.plan.hash)
    const { rows } =
      await clinic.client.query(`SELECT (SELECT count(*)::int FROM "Pagos ""2026""") AS pagos, (SELECT count(numero)::int FROM ONLY abonos) AS apuntan,
      (SELECT count(numero)::int FROM abonos_viejos) AS viejos, (SELECT count(*)::int FROM sin_llave) AS sueltos, (SELECT count(*)::int FROM ONLY abonos) AS abonos`)
    expect(rows).toEqual([{ pagos: 0, apuntan: 0, viejos: 2, sueltos: 0, abonos: 10 }])
    await clinic.drop()
  })
})

describe('on PostgreSQL 14', () => {
  it('rehearses and runs as on 18', async () => {
    const server = await ownServer({ version: 14 })
    const { host, port, user, password }: SharedServer = server
    const clinic = await demoClinic(200, { host, port, user, password })
    await rehearseAndRun(clinic)
    await clinic.drop()
    await server.remove()
  })
})
