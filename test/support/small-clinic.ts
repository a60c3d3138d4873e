import type pg from 'pg'
import { quoteIdentifier } from '#electron/database/transaction.ts'

export interface SmallClinic {
  readonly schema?: string
  /** Where a user's role is written. */
  readonly role?: 'reference' | 'text' | 'none'
  /** Whether appointments have the two columns of today or the one of an old installation. */
  readonly appointments?: 'today' | 'old'
}

/** The least that is a clinic, by its own names, for drifted installations and servers of a test's own. */
export async function createSmallClinic(
  client: pg.Client,
  { schema = 'public', role = 'reference', appointments = 'today' }: SmallClinic = {},
): Promise<void> {
  const roleColumn = { reference: ', id_rol bigint REFERENCES roles (id)', text: ', rol text', none: '' }[role]
  const start =
    appointments === 'today'
      ? 'fecha_hora_inicio timestamp NOT NULL, fecha_hora_fin timestamp NOT NULL'
      : 'fecha_hora timestamp NOT NULL'
  await client.query(`
    CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(schema)};
    SET search_path = ${quoteIdentifier(schema)};
    ${role === 'reference' ? 'CREATE TABLE roles (id bigint PRIMARY KEY, nombre_rol text NOT NULL);' : ''}
    CREATE TABLE usuarios (
      id bigint PRIMARY KEY, nombre_usuario text NOT NULL UNIQUE, activo boolean NOT NULL DEFAULT true${roleColumn});
    CREATE TABLE pacientes (id bigint PRIMARY KEY, primer_nombre text NOT NULL);
    CREATE TABLE citas (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id_paciente bigint NOT NULL REFERENCES pacientes (id), ${start});
    CREATE TABLE pagos (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, concepto text UNIQUE, monto_pagado numeric(10, 2) NOT NULL,
      id_paciente bigint REFERENCES pacientes (id) DEFERRABLE INITIALLY DEFERRED);
    RESET search_path`)
}
