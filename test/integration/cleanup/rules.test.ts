import { beforeEach, describe, expect, it } from 'vitest'
import type { FreshClinic } from '#support/clinic.ts'
import { copiesOf } from './copies.ts'
import { decide, everything, plan, rehearsal, run } from './setting.ts'

/** One copy of a filled clinic for each attack. */
const next = copiesOf(200)
let clinic: FreshClinic
beforeEach(async () => {
  clinic = await next()
})

const sql = (text: string, values: unknown[] = []) => clinic.client.query(text, values)
const count = async (from: string) => Number((await sql(`SELECT count(*) AS n FROM ${from}`)).rows[0].n)

describe('rule 1: every table has a verdict from the live catalogue', () => {
  it('takes the rows that must point at what goes, and says by which path', async () => {
    const { tables } = await plan(clinic.options, decide({ scopes: { finance: false } }))
    const of = (name: string) => tables.find((table) => table.name === name)
    expect(of('pagos')).toMatchObject({
      verdict: 'delete',
      reason: { code: 'mustPoint' },
      path: [{ to: 'public.citas' }],
    })
    expect(of('transcripcion_tiempo_real')?.path.map(({ to }) => to)).toEqual([
      'public.sesiones_consulta_voz',
      'public.citas',
    ])
    expect(of('facturas')).toMatchObject({ verdict: 'clearColumns', deleted: 0, cleared: [{ columns: ['id_pago'] }] })
    expect(of('gastos')).toMatchObject({ verdict: 'keep', reason: { code: 'notInScope' } })
    expect(of('contactos')).toMatchObject({
      verdict: 'clearColumns',
      cleared: [{ columns: ['id_paciente'], to: 'public.pacientes' }],
    })
    expect(new Set(tables.map(({ verdict }) => verdict))).not.toContain('ask')
  })

  it('blocks on a table nobody knows that hangs on rows to be deleted, until a person decides', async () => {
    await sql(`CREATE TABLE "Seguro Médico" (id int PRIMARY KEY, paciente bigint NOT NULL REFERENCES pacientes, póliza text);
      INSERT INTO "Seguro Médico" SELECT id, id, 'P-' || id FROM pacientes WHERE id <= 3`)
    const asked = await plan(clinic.options, decide())
    expect(asked.decided).toBe(false)
    expect(asked.questions).toMatchObject([
      { table: 'public."Seguro Médico"', reason: 'unknownHangs', rows: 3, options: ['delete', 'keep'], decided: null },
    ])
    await expect(rehearsal(clinic.options, decide())).rejects.toMatchObject({ code: 'CLEANUP_UNDECIDED' })
    await run(clinic.options, decide({ tables: { 'public."Seguro Médico"': 'keep' } }))
    expect(await count('"Seguro Médico"')).toBe(3)
    expect((await sql('SELECT array_agg(id ORDER BY id) AS ids FROM pacientes')).rows[0].ids.map(Number)).toEqual([
      1, 2, 3,
    ])
  })

  it.each(['CASCADE', 'SET NULL', 'SET DEFAULT'])('blocks where ON DELETE %s would touch kept rows', async (action) => {
    await sql(
      `ALTER TABLE tratamientos ADD primera_cita bigint REFERENCES citas ON DELETE ${action}; UPDATE tratamientos SET primera_cita = id`,
    )
    const kept = await count('tratamientos')
    const asked = await plan(clinic.options, decide())
    expect(asked.questions).toMatchObject([
      { table: 'public.tratamientos', reason: 'cascades', rows: kept, decided: null },
    ])
    await run(clinic.options, decide({ tables: { 'public.tratamientos': 'clear' } }))
    expect(await count('tratamientos WHERE primera_cita IS NULL')).toBe(kept)
  })

  it('keeps a chosen patient with everything of theirs, and nobody else', async () => {
    const own = async () =>
      (
        await sql(`SELECT (SELECT count(*) FROM citas WHERE id_paciente = 5) AS citas,
        (SELECT count(*) FROM pagos WHERE id_cita IN (SELECT id FROM citas WHERE id_paciente = 5)) AS pagos,
        (SELECT count(*) FROM detalle_cita WHERE id_cita IN (SELECT id FROM citas WHERE id_paciente = 5)) AS detalles,
        (SELECT count(*) FROM contactos WHERE id_paciente = 5) AS contactos`)
      ).rows[0]
    const before = await own()
    await run(clinic.options, decide({ keepPatients: ['5'], scopes: { conversations: true } }))
    expect(await own()).toEqual(before)
    expect((await sql('SELECT id FROM pacientes')).rows).toEqual([{ id: '5' }])
    expect(await count('citas WHERE id_paciente <> 5')).toBe(0)
    expect(await count('contactos WHERE id_paciente IS DISTINCT FROM 5')).toBe(0)
  })

  it('sees a reference from a schema that is not on the search path', async () => {
    await sql(
      `CREATE SCHEMA archivo; CREATE TABLE archivo.copias (cita bigint NOT NULL REFERENCES citas); INSERT INTO archivo.copias SELECT id FROM citas LIMIT 4`,
    )
    const asked = await plan(clinic.options, decide())
    expect(asked.questions).toMatchObject([{ table: 'archivo.copias', rows: 4 }])
    await run(clinic.options, decide({ tables: { 'archivo.copias': 'delete' } }))
    expect(await count('archivo.copias')).toBe(0)
  })
})

describe('rule 2: the rehearsal is the run', () => {
  it('leaves no trace: rows, files, sequences, triggers and constraints are the same afterwards', async () => {
    const decisions = decide({
      scopes: { users: 'remove', podiatrists: true, audit: true, stock: true, conversations: true },
      restartIdentities: true,
    })
    const before = await everything(clinic)
    const result = await rehearsal(clinic.options, decisions)
    expect(result.plan.totals.patients).toBeGreaterThan(0)
    expect(await everything(clinic)).toEqual(before)
  })

  it('counts what the run then deletes, table by table', async () => {
    const decisions = decide({ scopes: { users: 'remove' } })
    const { plan: rehearsed, tables } = await rehearsal(clinic.options, decisions)
    const ran = await run(clinic.options, decisions, rehearsed.hash)
    expect(ran.hash).toBe(rehearsed.hash)
    for (const { key, after } of tables) expect([key, await count(key)]).toEqual([key, after])
  })

  it.each([
    [
      'a row added',
      `INSERT INTO gastos (categoria, concepto, monto, fecha_gasto, metodo_pago) VALUES ('x', 'y', 1, now(), 'z')`,
    ],
    ['an index dropped', 'DROP INDEX IF EXISTS ix_prueba'],
    ['a trigger switched off', 'ALTER TABLE pagos DISABLE TRIGGER pagos_saldo'],
    ['a column added', 'ALTER TABLE citas ADD color text'],
    ['a reference added', 'ALTER TABLE gastos ADD cita bigint REFERENCES citas'],
  ])('refuses to run after %s', async (_, change) => {
    await sql('CREATE INDEX ix_prueba ON citas (tipo_cita)')
    const { hash } = await plan(clinic.options, decide())
    await sql(change)
    expect((await plan(clinic.options, decide())).hash).not.toBe(hash)
    await expect(run(clinic.options, decide(), hash)).rejects.toMatchObject({ code: 'CLEANUP_PLAN_CHANGED' })
    expect(await count('pacientes')).toBeGreaterThan(0)
  })

  it('gives another hash to other decisions, and the same to the same ones in another order', async () => {
    const hash = async (part: Parameters<typeof decide>[0]) => (await plan(clinic.options, decide(part))).hash
    const plain = await hash({ keepPatients: ['3', '4'] })
    expect(await hash({ keepPatients: ['4', '3'] })).toBe(plain)
    expect(await hash({ keepPatients: ['3'] })).not.toBe(plain)
    expect(await hash({ keepPatients: ['3', '4'], restartIdentities: true })).not.toBe(plain)
  })
})

describe('rule 8: patients who look real need a decision of their own', () => {
  it.each(['fiscal', 'consent', 'future', 'recent'] as const)(
    'blocks on %s until decided, and keeps those patients when told',
    async (name) => {
      const open = await plan(clinic.options, decide({ guard: { [name]: null } }))
      const signal = open.guard.find((each) => each.name === name)
      expect(signal?.patients).toBeGreaterThan(0)
      expect(open.decided).toBe(false)
      await expect(rehearsal(clinic.options, decide({ guard: { [name]: null } }))).rejects.toMatchObject({
        code: 'CLEANUP_UNDECIDED',
      })
      const kept = await plan(clinic.options, decide({ guard: { [name]: 'keep' } }))
      const patients = kept.tables.find(({ key }) => key === 'public.pacientes')
      expect((patients?.rows ?? 0) - (patients?.deleted ?? 0)).toBeGreaterThanOrEqual(signal?.patients ?? 1)
    },
  )
})
