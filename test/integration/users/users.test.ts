import { afterEach, describe, expect, it } from 'vitest'
import { type DatabaseOptions, openDatabase } from '#electron/database/open.ts'
import { createUsers } from '#electron/users/users.ts'
import { applyDrift } from '#scripts/clinic/drifts.js'
import type { UserList } from '#shared/users.ts'
import { dropClinicsAfterAll, type FreshClinic, freshClinic } from '#support/clinic.ts'

dropClinicsAfterAll()
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

interface Ask {
  readonly as?: DatabaseOptions
  readonly cap?: number
  readonly zone?: string
}

async function list(clinic: FreshClinic, { as = clinic.options, zone = 'America/Tijuana', ...rest }: Ask = {}) {
  const database = await openDatabase({ ...as, pool: { warm: 0, max: 2 } })
  closing.push(() => database.close())
  return createUsers({ database: () => database, zone: () => zone, ...rest }).handlers['users.list'](
    undefined,
  ) as Promise<UserList>
}

async function prepared(...sql: string[]): Promise<FreshClinic> {
  const clinic = await freshClinic()
  for (const one of sql) await clinic.client.query(one)
  return clinic
}

const named = ({ users }: UserList, name: string) => users.find(({ userName }) => userName === name)

describe('the list of users', () => {
  it('has everybody of the clinic, with role, state, last login and podiatrist', async () => {
    const clinic = await prepared(
      `UPDATE usuarios SET ultimo_login = '2026-11-01 00:30:15', activo = false WHERE nombre_usuario = 'ivette.martinez'`,
      `UPDATE usuarios SET ultimo_login = NULL WHERE nombre_usuario = 'ibeth.martinez'`,
    )
    const answer = await list(clinic)
    const { rows } = await clinic.client.query(
      `SELECT u.id::text AS id, u.nombre_usuario AS "userName", u.nombre_completo AS "fullName", u.email,
              (SELECT nombre_rol FROM roles r WHERE r.id = u.id_rol) AS "roleName",
              (SELECT array_agg(p.nombre_completo ORDER BY 1) FROM podologos p WHERE p.id_usuario = u.id) AS podiatrists
         FROM usuarios u ORDER BY lower(u.nombre_usuario)`,
    )
    expect(answer).toMatchObject({ total: rows.length, unavailable: {} })
    expect(
      answer.users.map(({ id, userName, fullName, email, roleName, podiatrists }) => ({
        ...{ id, userName, fullName, email, roleName, podiatrists: podiatrists.length > 0 ? podiatrists : null },
      })),
    ).toEqual(rows)
    expect(answer.users.some(({ podiatrists }) => podiatrists.length > 0)).toBe(true)
    expect(named(answer, 'ivette.martinez')).toMatchObject({ active: false, lastLogin: '2026-11-01T00:30:15' })
    expect(named(answer, 'ibeth.martinez')).toMatchObject({ active: true, lastLogin: null })
  })

  it('carries no password and no hash, whatever the columns are called', async () => {
    const clinic = await prepared('ALTER TABLE usuarios ADD COLUMN contrasena text DEFAULT $$secreta$$')
    const { rows } = await clinic.client.query('SELECT password_hash FROM usuarios')
    const answer = await list(clinic)
    for (const { password_hash: hash } of rows) expect(JSON.stringify(answer)).not.toContain(hash)
    expect(JSON.stringify(answer)).not.toMatch(/secreta|pbkdf2|\$2[aby]\$/)
    expect(Object.keys(answer.users[0] ?? {})).toEqual([
      ...['id', 'userName', 'fullName', 'email', 'roleName', 'active', 'lastLogin', 'created', 'podiatrists'],
    ])
  })

  it('reads a role that stands as text, and says where there is none', async () => {
    const clinic = await freshClinic()
    await applyDrift(clinic.client, 'role-text')
    expect(named(await list(clinic), 'adm.santiago.ornelas')?.roleName).toBe('Admin')
    await clinic.client.query('ALTER TABLE usuarios DROP COLUMN rol CASCADE')
    const answer = await list(clinic)
    expect(named(answer, 'ivette.martinez')?.roleName).toBeNull()
    expect(answer.unavailable.roleName).toEqual({ reason: 'columnMissing', table: 'usuarios', column: 'id_rol' })
  })

  it('says of each part that an installation lacks why it is not there', async () => {
    const clinic = await prepared(
      'ALTER TABLE usuarios DROP COLUMN email CASCADE, DROP COLUMN ultimo_login CASCADE, DROP COLUMN activo CASCADE',
      'DROP TABLE podologos CASCADE',
    )
    const answer = await list(clinic)
    expect(answer.unavailable).toEqual({
      email: { reason: 'columnMissing', table: 'usuarios', column: 'email' },
      lastLogin: { reason: 'columnMissing', table: 'usuarios', column: 'ultimo_login' },
      active: { reason: 'columnMissing', table: 'usuarios', column: 'activo' },
      podiatrists: { reason: 'tableMissing', table: 'podologos' },
    })
    expect(named(answer, 'ivette.martinez')).toMatchObject({ active: true, email: null, podiatrists: [] })
  })

  it('says that the connection may not read the podiatrists', async () => {
    const clinic = await freshClinic()
    const role = await clinic.role('USAGE ON SCHEMA public', 'SELECT ON usuarios, roles, pacientes, citas')
    const answer = await list(clinic, { as: role })
    expect(answer.unavailable).toEqual({ podiatrists: { reason: 'privilegeMissing', table: 'podologos' } })
  })

  it('tells the last login in the clinic’s time also where the column has a zone of its own', async () => {
    const clinic = await prepared(
      'ALTER TABLE usuarios ALTER COLUMN ultimo_login TYPE timestamptz',
      `UPDATE usuarios SET ultimo_login = '2026-11-25T01:30:00Z'`,
    )
    expect(named(await list(clinic), 'ivette.martinez')?.lastLogin).toBe('2026-11-24T17:30:00')
    expect(named(await list(clinic, { zone: 'Europe/Madrid' }), 'ivette.martinez')?.lastLogin).toBe(
      '2026-11-25T02:30:00',
    )
  })

  it('names every podiatrist of a user once, and the user once', async () => {
    const clinic = await prepared(
      `INSERT INTO podologos (cedula_profesional, nombre_completo, telefono, id_usuario)
       SELECT 'X' || n, (ARRAY['Zoe', 'Ana'])[n], '1', (SELECT id FROM usuarios WHERE nombre_usuario = 'ibeth.martinez')
         FROM generate_series(1, 2) AS n`,
    )
    const answer = await list(clinic)
    expect(named(answer, 'ibeth.martinez')?.podiatrists).toEqual(['Ana', 'Ibeth Martínez García', 'Zoe'])
    expect(new Set(answer.users.map(({ id }) => id)).size).toBe(answer.total)
  })

  it('stops at its cap and says how many there are', async () => {
    const answer = await list(await freshClinic(), { cap: 2 })
    expect(answer.users).toHaveLength(2)
    expect(answer.total).toBeGreaterThan(2)
    expect(answer.cap).toBe(2)
  })
})
