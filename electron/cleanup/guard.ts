import type { Row, Transaction } from '#electron/database/database.ts'
import type { ClinicSchema } from '#electron/database/schema.ts'
import { type Decisions, type GuardName, type GuardSignal, guardNames } from '#shared/cleanup.ts'
import { patients } from './known.ts'
import type { Seed } from './sets.ts'
import { quoteIdentifier } from './sql.ts'

/** A statement of the patients (`patient`) behind rows that look real, one row each. */
type Source = string

/**
 * What makes a patient look real: an invoice with a fiscal folio, a signed consent, an appointment to come, or
 * work of the staff on them in the last days (design, rule 8; Mexican rules keep clinical records for years).
 */
function sources(schema: ClinicSchema, zone: string, days: number): Record<GuardName, Source[]> {
  const now = `(statement_timestamp() AT TIME ZONE ${literal(zone)})`
  const has = (table: string, ...columns: string[]) => columns.every((column) => schema.has(table, column))
  const table = schema.quoted
  const when = (ready: boolean, sql: () => string): Source[] => (ready ? [sql()] : [])
  const appointments = has('citas', 'id', 'id_paciente')
  const start = schema.appointmentStart
  const filled = (column: string) => `nullif(btrim(f.${column}::text), '') IS NOT NULL`
  const folios = ['folio_fiscal', 'uuid_sat'].filter((column) => has('facturas', column))
  const paid = appointments && has('pagos', 'id', 'id_cita')
  const since = (alias: string, column: string) =>
    `${alias}.${column} >= ${now} - ${literal(`${days} days`)}::interval AND ${alias}.${column} <= ${now}`
  const touched = ['fecha_registro', 'fecha_modificacion'].filter((column) => has(patients, column))
  return {
    fiscal: when(
      folios.length > 0 && paid && has('facturas', 'id_pago'),
      () => `SELECT c.id_paciente AS patient FROM ${table('facturas')} f LEFT JOIN ${table('pagos')} g ON g.id = f.id_pago
        LEFT JOIN ${table('citas')} c ON c.id = g.id_cita WHERE ${folios.map(filled).join(' OR ')}`,
    ),
    consent: when(
      has('consentimientos_informados', 'id_paciente', 'fecha_firma'),
      () =>
        `SELECT f.id_paciente AS patient FROM ${table('consentimientos_informados')} f WHERE f.fecha_firma IS NOT NULL`,
    ),
    future: when(
      appointments && start !== null,
      () => `SELECT c.id_paciente AS patient FROM ${table('citas')} c WHERE c.${start} > ${now}
        ${has('citas', 'estado') ? `AND lower(coalesce(c.estado::text, '')) NOT IN ('cancelada', 'no_asistio')` : ''}`,
    ),
    recent: [
      ...when(
        touched.length > 0,
        () => `SELECT p.id AS patient FROM ${table(patients)} p
        WHERE ${touched.map((column) => since('p', column)).join(' OR ')}`,
      ),
      ...when(
        appointments && has('citas', 'fecha_creacion'),
        () => `SELECT c.id_paciente AS patient FROM ${table('citas')} c
        WHERE ${since('c', 'fecha_creacion')}`,
      ),
      ...when(
        paid && has('pagos', 'fecha_registro'),
        () => `SELECT c.id_paciente AS patient FROM ${table('pagos')} g
        JOIN ${table('citas')} c ON c.id = g.id_cita WHERE ${since('g', 'fecha_registro')}`,
      ),
      ...when(
        appointments && has('nota_clinica', 'id_cita', 'fecha_elaboracion'),
        () => `SELECT c.id_paciente AS patient
        FROM ${table('nota_clinica')} n JOIN ${table('citas')} c ON c.id = n.id_cita WHERE ${since('n', 'fecha_elaboracion')}`,
      ),
    ],
  }
}

/** The patients that a person or a guard keeps, as seeds of what stays. */
export function patientSeeds(
  schema: ClinicSchema,
  zone: string,
  decisions: Decisions,
  key: string,
  id: string,
): Seed[] {
  const asked = sources(schema, zone, decisions.recentDays)
  const guarded = guardNames.filter((name) => decisions.guard[name] === 'keep').flatMap((name) => asked[name])
  const column = `t.${quoteIdentifier(id)}`
  return [
    { table: key, condition: `${column}::text = ANY ($1::text[])`, parameters: [decisions.keepPatients] },
    ...guarded.map((sql) => ({
      table: key,
      condition: `${column} IN (SELECT s.patient FROM (${sql}) s)`,
      parameters: [],
    })),
  ]
}

/** Counts what looks real among the patients that nobody chose to keep; what was decided is taken from `known`. */
export async function readGuard(
  transaction: Transaction,
  schema: ClinicSchema,
  zone: string,
  decisions: Decisions,
  known: readonly GuardSignal[] = [],
): Promise<readonly GuardSignal[]> {
  const asked = sources(schema, zone, decisions.recentDays)
  const signals: GuardSignal[] = []
  for (const name of guardNames) {
    const before = decisions.guard[name] === null ? undefined : known.find((signal) => signal.name === name)
    if (before) {
      signals.push(before)
      continue
    }
    const [found] =
      asked[name].length === 0
        ? []
        : await transaction.query<Row & { rows: number; patients: number }>(
            `SELECT count(*) AS rows, count(DISTINCT s.patient) AS patients FROM (${asked[name].join(' UNION ALL ')}) s
             WHERE s.patient IS NULL OR s.patient::text <> ALL ($1::text[])`,
            [decisions.keepPatients],
          )
    const rows = Number(found?.rows ?? 0)
    if (rows > 0) signals.push({ name, rows, patients: Number(found?.patients), decided: decisions.guard[name] })
  }
  return signals
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
