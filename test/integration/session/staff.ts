import { pbkdf2Sync, randomBytes } from 'node:crypto'
import bcrypt from 'bcryptjs'
import type pg from 'pg'

/** As passlib writes it. */
export function pbkdf2Hash(password: string, rounds = 1000): string {
  const salt = randomBytes(16)
  const adapted = (bytes: Buffer) => bytes.toString('base64').replaceAll('+', '.').replaceAll('=', '')
  const checksum = pbkdf2Sync(password, salt, rounds, 32, 'sha256')
  return `$pbkdf2-sha256$${rounds}$${adapted(salt)}$${adapted(checksum)}`
}

export const passwords = {
  ivette: 'Contraseña ñandú 🦶',
  ibeth: 'otra contraseña',
  santiago: 'la del doctor',
  inactiva: 'ya no trabaja aquí',
} as const

export interface Drift {
  readonly role?: 'reference' | 'text'
  /** Columns and tables that this installation lacks. */
  readonly without?: readonly ('email' | 'activo' | 'nombre_completo' | 'ultimo_login' | 'podologos')[]
  readonly roleNames?: (name: string) => string
}

/** The staff tables of a clinic, by the catalogue's names, with four people of both kinds of hash. */
export async function createStaff(client: pg.Client, drift: Drift = {}): Promise<void> {
  const { role = 'reference', without = [], roleNames = (name) => name } = drift
  await client.query(`
    CREATE TABLE roles (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, nombre_rol text NOT NULL UNIQUE);
    CREATE TABLE usuarios (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, nombre_usuario text NOT NULL UNIQUE,
      password_hash text NOT NULL, nombre_completo text NOT NULL, email text NOT NULL UNIQUE,
      id_rol bigint REFERENCES roles, rol text, activo boolean, ultimo_login timestamp);
    CREATE TABLE podologos (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, telefono text NOT NULL, id_usuario bigint REFERENCES usuarios);
    CREATE TABLE pacientes (id bigint PRIMARY KEY);
    CREATE TABLE citas (id bigint PRIMARY KEY, fecha_hora_inicio timestamp, fecha_hora_fin timestamp)`)
  for (const name of ['Admin', 'Podologo', 'Recepcionista']) {
    await client.query('INSERT INTO roles (nombre_rol) VALUES ($1)', [roleNames(name)])
  }
  await addUser(client, { name: 'ivette.martinez', hash: pbkdf2Hash(passwords.ivette), role: roleNames('Admin') })
  await addUser(client, { name: 'ibeth.martinez', hash: pbkdf2Hash(passwords.ibeth), role: roleNames('Recepcionista') })
  const santiago = bcrypt.hashSync(passwords.santiago, 4)
  await addUser(client, { name: 'dr.santiago.ornelas', hash: santiago, role: roleNames('Podologo') })
  await addUser(client, {
    name: 'inactiva',
    hash: pbkdf2Hash(passwords.inactiva),
    role: roleNames('Admin'),
    active: false,
  })
  await client.query(`INSERT INTO podologos (telefono, id_usuario)
    SELECT '+52 (686) 555-01 02', id FROM usuarios WHERE nombre_usuario = 'dr.santiago.ornelas'`)
  if (role === 'text') await client.query('ALTER TABLE usuarios DROP COLUMN id_rol; DROP TABLE roles')
  else await client.query('ALTER TABLE usuarios DROP COLUMN rol')
  for (const missing of without) {
    await client.query(missing === 'podologos' ? 'DROP TABLE podologos' : `ALTER TABLE usuarios DROP COLUMN ${missing}`)
  }
}

async function addUser(
  client: pg.Client,
  { name, hash, role, active = true }: { name: string; hash: string; role: string; active?: boolean },
): Promise<void> {
  await client.query(
    `INSERT INTO usuarios (nombre_usuario, password_hash, nombre_completo, email, rol, activo, id_rol)
     VALUES ($1, $2, initcap(replace($1, '.', ' ')), $1 || '@podoskin.example', $3::text, $4,
       (SELECT id FROM roles WHERE nombre_rol = $3::text))`,
    [name, hash, role, active],
  )
}
