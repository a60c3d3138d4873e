import { beforeEach, describe, expect, it } from 'vitest'
import type { FreshClinic } from '#support/clinic.ts'
import { copiesOf } from './copies.ts'
import { decide, everything, opened, plan, rehearsal, run } from './setting.ts'

/** One copy of a filled clinic for each attack. */
const next = copiesOf(200)
let clinic: FreshClinic
beforeEach(async () => {
  clinic = await next()
})

const sql = (text: string, values: unknown[] = []) => clinic.client.query(text, values)
const count = async (from: string) => Number((await sql(`SELECT count(*) AS n FROM ${from}`)).rows[0].n)

describe('rule 5: what is kept is proven kept', () => {
  /** Does harm whenever the cleanup alters a table: what a hidden piece of the server could do. */
  const saboteur = (harm: string) =>
    sql(`
    CREATE FUNCTION sabotear() RETURNS event_trigger LANGUAGE plpgsql AS $f$ BEGIN
      IF current_setting('sabotaje.hecho', true) IS DISTINCT FROM 'si' THEN PERFORM set_config('sabotaje.hecho', 'si', true); ${harm} END IF; END $f$;
    CREATE EVENT TRIGGER sabotaje ON ddl_command_end WHEN TAG IN ('ALTER TABLE') EXECUTE FUNCTION sabotear()`)

  it.each([
    [
      'a kept row changed',
      `UPDATE public.tratamientos SET nombre_servicio = nombre_servicio || ' ' WHERE id = 1;`,
      'kept',
    ],
    [
      'NULL turned into the empty text',
      `UPDATE public.proveedores SET notas = '' WHERE id = (SELECT min(id) FROM public.proveedores WHERE notas IS NULL);`,
      'kept',
    ],
    ['a kept row deleted', 'DELETE FROM public.knowledge_base WHERE id = 1;', 'rows'],
    [
      'a value swapped between two kept rows',
      `UPDATE public.proveedores SET telefono = CASE id WHEN 1 THEN (SELECT telefono FROM public.proveedores WHERE id = 2) ELSE (SELECT telefono FROM public.proveedores WHERE id = 1) END WHERE id IN (1, 2);`,
      'kept',
    ],
    ['a trigger left off', 'ALTER TABLE public.pagos DISABLE TRIGGER pagos_saldo;', 'catalogue'],
    ['a constraint lost', 'ALTER TABLE public.etiquetas DROP CONSTRAINT etiquetas_nombre_key;', 'catalogue'],
    ['a default changed', `ALTER TABLE public.usuarios ALTER activo SET DEFAULT false;`, 'catalogue'],
    ['a right given away', 'GRANT SELECT ON public.usuarios TO PUBLIC;', 'catalogue'],
    ['a sequence moved', `PERFORM nextval('public.usuarios_id_seq');`, 'sequence'],
  ])('undoes everything when it finds %s', async (_, harm, what) => {
    await saboteur(harm)
    const before = await count('pacientes')
    await expect(run(clinic.options, decide())).rejects.toMatchObject({ code: 'CLEANUP_NOT_PROVEN', params: { what } })
    expect(await count('pacientes')).toBe(before)
  })

  it('brings back every trigger in the state it had', async () => {
    await sql(`ALTER TABLE aprendizajes_agente ENABLE ALWAYS TRIGGER aprendizajes_agente_fecha; ALTER TABLE pagos DISABLE TRIGGER pagos_saldo;
      ALTER TABLE citas ENABLE REPLICA TRIGGER citas_07_estado`)
    const states = async () =>
      (await sql(`SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1`)).rows
    const before = await states()
    await run(clinic.options, decide({ keepPatients: ['1'] }))
    expect(await states()).toEqual(before)
  })

  it('deactivates a removed user whom a kept row needs, and removes the rest', async () => {
    await sql(`UPDATE auditoria SET usuario_id = 5`)
    const ran = await run(clinic.options, decide({ scopes: { users: 'remove' } }))
    expect(ran.staff.deactivated.map(({ id }) => id)).toContain('5')
    expect((await sql('SELECT activo FROM usuarios WHERE id = 5')).rows).toEqual([{ activo: false }])
    expect(await count('usuarios WHERE id = 6')).toBe(0)
    expect(await count('permisos_usuarios WHERE id_usuario = 6')).toBe(0)
  })

  it.each([0, 1, 3, 4, 5])('finds %i of the staff and says who is missing', async (found) => {
    const names = ['dr.santiago.ornelas', 'adm.santiago.ornelas', 'ivette.martinez', 'ibeth.martinez']
    for (const name of names.slice(found))
      await sql('UPDATE usuarios SET nombre_usuario = $1 WHERE nombre_usuario = $2', [`otro ${name}`, name])
    const { staff, decided } = await plan(clinic.options, decide({ scopes: { users: 'remove' } }))
    const present = Math.min(found, 4)
    expect(staff.missing).toHaveLength(4 - present)
    expect(decided).toBe(present === 4)
    // The doctor runs it: he stays under any name.
    expect(staff.kept.map(({ id }) => id)).toContain('1')
    const chosen = await plan(clinic.options, decide({ scopes: { users: 'remove' }, keepUsers: ['2'] }))
    expect(chosen.decided).toBe(true)
    expect(chosen.staff.kept.map(({ id }) => id).sort()).toEqual(['1', '2'])
  })

  it('keeps the administrator who runs it, although nobody put them on the list', async () => {
    const { staff } = await plan(clinic.options, decide({ scopes: { users: 'remove' }, keepUsers: ['3', '999'] }), '2')
    expect(staff.kept.map(({ id }) => id).sort()).toEqual(['2', '3'])
    expect(staff.unknownIds).toEqual(['999'])
  })

  it('refuses to leave a clinic without any user', async () => {
    const decisions = decide({ scopes: { users: 'remove' }, keepUsers: [] })
    const { refusals } = await plan(clinic.options, decisions, null)
    expect(refusals).toContainEqual({ code: 'NO_STAFF', params: {} })
  })
})

describe('rule 9: one at a time, nobody writing, and only whoever may', () => {
  it('refuses while another workstation cleans', async () => {
    await sql('BEGIN; SELECT pg_advisory_xact_lock(1349477487, 1399548270)')
    await expect(rehearsal(clinic.options, decide())).rejects.toMatchObject({ code: 'CLEANUP_RUNNING' })
    await sql('ROLLBACK')
  })

  it('gives way to a writer after its lock timeout, and says who it is', async () => {
    await sql(`BEGIN; UPDATE pacientes SET ocupacion = 'x' WHERE id = 1`)
    const waiting = rehearsal(clinic.options, decide(), 300)
    await expect(waiting).rejects.toMatchObject({
      code: 'LOCK_TIMEOUT',
      params: { holders: expect.stringMatching(/^test, postgres, idle in transaction/) },
    })
    await sql('ROLLBACK')
    await expect(rehearsal(clinic.options, decide())).resolves.toMatchObject({ plan: { decided: true } })
  })

  it('plans for a role that may only read, and tells it whose tables they are', async () => {
    const reader = await clinic.role('SELECT ON ALL TABLES IN SCHEMA public')
    const seen = await plan(reader, decide())
    expect(seen.hash).toBe((await plan(clinic.options, decide())).hash)
    expect(seen.refusals).toContainEqual({ code: 'NOT_OWNER', params: { table: 'public.citas', owner: 'postgres' } })
    await expect(rehearsal(reader, decide())).rejects.toMatchObject({
      code: 'CLEANUP_REFUSED',
      params: { reason: 'NOT_OWNER' },
    })
  })

  it('refuses a role that may delete but owns nothing', async () => {
    const deleter = await clinic.role('SELECT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public')
    const { refusals } = await plan(deleter, decide())
    expect(refusals).toContainEqual({ code: 'RIGHT_MISSING', params: { table: 'public.citas', privilege: 'TRUNCATE' } })
    await expect(rehearsal(deleter, decide())).rejects.toMatchObject({ code: 'CLEANUP_REFUSED' })
  })

  it('works for the owner of the tables, who is no superuser', async () => {
    const owner = await clinic.role('USAGE, CREATE ON SCHEMA public')
    await sql(`DO $$ DECLARE r record; BEGIN
      FOR r IN SELECT c.oid::regclass AS name, c.relkind FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm') LOOP
        EXECUTE format('ALTER %s %s OWNER TO ${owner.user}', CASE r.relkind WHEN 'r' THEN 'TABLE' WHEN 'v' THEN 'VIEW' ELSE 'MATERIALIZED VIEW' END, r.name);
      END LOOP; END $$`)
    const decisions = decide({
      scopes: { users: 'remove', podiatrists: true },
      keepPatients: ['2'],
      restartIdentities: true,
    })
    await rehearsal(owner, decisions)
    await run(owner, decisions)
    expect(await count('pacientes')).toBe(1)
    await sql(`REASSIGN OWNED BY ${owner.user} TO postgres; DROP OWNED BY ${owner.user}`)
  })

  it('names the one right that its owner took from itself', async () => {
    await sql('REVOKE TRUNCATE ON pagos FROM postgres')
    const owner = await clinic.role('SELECT ON ALL TABLES IN SCHEMA public')
    expect((await plan(owner, decide())).refusals).toContainEqual({
      code: 'RIGHT_MISSING',
      params: { table: 'public.pagos', privilege: 'TRUNCATE' },
    })
  })

  it('refuses rows that a policy hides', async () => {
    await sql(`ALTER TABLE citas ENABLE ROW LEVEL SECURITY; CREATE POLICY algunas ON citas USING (id % 2 = 0)`)
    const reader = await clinic.role('SELECT ON ALL TABLES IN SCHEMA public')
    expect((await plan(reader, decide())).refusals).toContainEqual({
      code: 'ROWS_HIDDEN',
      params: { table: 'public.citas' },
    })
    await run(clinic.options, decide())
    expect(await count('citas')).toBe(0)
  })

  it.each([
    ['a rule that rewrites', 'CREATE RULE nada AS ON UPDATE TO contactos DO INSTEAD NOTHING', 'RULE_IN_THE_WAY'],
    ['checks that a superuser switched off', 'ALTER TABLE contactos DISABLE TRIGGER ALL', 'CHECKS_DISABLED'],
    [
      'a publication without identity',
      'ALTER TABLE contactos REPLICA IDENTITY NOTHING; CREATE PUBLICATION p FOR TABLE contactos',
      'NO_REPLICA_IDENTITY',
    ],
  ])('refuses %s', async (_, change, code) => {
    await sql(change)
    expect((await plan(clinic.options, decide())).refusals.map((each) => each.code)).toContain(code)
    await expect(run(clinic.options, decide())).rejects.toMatchObject({
      code: 'CLEANUP_REFUSED',
      params: { reason: code },
    })
  })

  it('can be cancelled while it waits, and leaves nothing behind', async () => {
    const before = await everything(clinic)
    const abort = new AbortController()
    const { rehearse } = await import('#electron/cleanup/rehearsal.ts')
    const outcome = opened(clinic.options, (database) =>
      rehearse(database, {
        ...{
          decisions: decide(),
          administrator: '1',
          zone: 'America/Tijuana',
          expectedHash: null,
          signal: abort.signal,
        },
        report: (phase) => phase === 'empty' && abort.abort(),
      }),
    )
    await expect(outcome).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(await everything(clinic)).toEqual(before)
  })
})
