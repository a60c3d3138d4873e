import type { Row, Transaction } from '#electron/database/database.ts'
import type { ClinicSchema } from '#electron/database/schema.ts'
import type { FoundPatient, MaskedPatient } from '#shared/cleanup.ts'
import { AppError } from '#shared/errors.ts'
import { patients } from './known.ts'
import type { Sets } from './sets.ts'

const most = 50

/** Names of a patient, by what the installation has. */
function nameColumns(schema: ClinicSchema): readonly string[] {
  const wanted = [
    'primer_nombre',
    'segundo_nombre',
    'nombre',
    'nombre_completo',
    'primer_apellido',
    'segundo_apellido',
    'apellidos',
  ]
  return wanted.filter((column) => schema.has(patients, column))
}

/** Each word of a name as its first letter and dots: enough to recognise whom one knows, and no more. */
function masked(columns: readonly string[]): string {
  if (columns.length === 0) return `''`
  const name = `concat_ws(' ', ${columns.map((column) => `p."${column}"`).join(', ')})`
  return `regexp_replace(btrim(${name}), '(\\S)\\S*', '\\1•••', 'g')`
}

const birthYear = (schema: ClinicSchema) =>
  schema.has(patients, 'fecha_nacimiento') ? 'extract(year FROM p.fecha_nacimiento)::int' : 'NULL::int'

/** A few of the patients that go, masked by the server before they leave it. */
export async function samplePatients(
  transaction: Transaction,
  schema: ClinicSchema,
  sets: Sets,
): Promise<readonly MaskedPatient[]> {
  const key = await keyOf(transaction, schema)
  const columns = nameColumns(schema)
  return transaction.query<Row & MaskedPatient>(
    `SELECT p.id::text AS id, ${masked(columns)} AS name, ${birthYear(schema)} AS "birthYear"
     FROM ${schema.quoted(patients)} p WHERE ${sets.goes(key, 'p')} ORDER BY p.id LIMIT 5`,
  )
}

async function keyOf(transaction: Transaction, schema: ClinicSchema): Promise<string> {
  const [row] = await transaction.query<{ key: string }>(`SELECT quote_ident($1) || '.' || quote_ident($2) AS key`, [
    schema.name,
    patients,
  ])
  return row?.key ?? ''
}

/**
 * Patients whose name, telephone or number holds the text, to be marked as real: at most fifty, found by words in any
 * order, without regard to capitals. Names are shown in full to nobody: initials, birth year and last appointment.
 */
export async function findPatients(
  transaction: Transaction,
  schema: ClinicSchema,
  text: string,
): Promise<readonly FoundPatient[]> {
  if (!schema.has(patients, 'id')) throw new AppError('SCHEMA_CHANGED', { table: patients })
  const columns = nameColumns(schema)
  const words = text
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 6)
  const phones = ['telefono_principal', 'telefono_secundario', 'telefono'].filter((c) => schema.has(patients, c))
  const name = columns.length > 0 ? `concat_ws(' ', ${columns.map((column) => `p."${column}"`).join(', ')})` : `''`
  const digits = text.replace(/\D/g, '')
  const start = schema.appointmentStart
  const last =
    start !== null && schema.has('citas', 'id_paciente')
      ? `(SELECT max(c."${start}")::date::text FROM ${schema.quoted('citas')} c WHERE c.id_paciente = p.id)`
      : 'NULL'
  const byPhone =
    digits.length >= 4 ? phones.map((c) => `regexp_replace(p."${c}"::text, '\\D', '', 'g') LIKE '%' || $2 || '%'`) : []
  return transaction.query<Row & FoundPatient>(
    `SELECT p.id::text AS id, ${masked(columns)} AS name, ${birthYear(schema)} AS "birthYear", ${last} AS "lastAppointment"
     FROM ${schema.quoted(patients)} p
     WHERE (SELECT bool_and(strpos(lower(${name}), lower(w)) > 0) FROM unnest($1::text[]) w)
       OR p.id::text = $2 ${byPhone.map((condition) => `OR ${condition}`).join(' ')}
     ORDER BY p.id LIMIT ${most}`,
    [words, digits === '' ? text : digits],
  )
}
