import type { Transaction } from '#electron/database/database.ts'
import type { ClinicSchema } from '#electron/database/schema.ts'

/** Which indexes can serve a range of dates. The clinic's own schema has none by date alone. */
export interface DateIndexes {
  readonly appointments: 'start' | 'podiatrist' | 'none'
  readonly payments: 'date' | 'state' | 'none'
  readonly patients: 'date' | 'none'
}

/** The clinic's civil time of a snapshot, and how its tables are best read. */
export interface Moment {
  /** `YYYY-MM-DDTHH:MM:SS` in the clinic's zone, by the server's clock. */
  readonly now: string
  readonly indexes: DateIndexes
}

/**
 * A single large table may be read by two cores, while the server has nothing else to do: twenty workstations at once
 * would only be in each other's way, and in the clinic's.
 */
const modesty = `
  set_config('min_parallel_table_scan_size', '64MB', true),
  set_config('max_parallel_workers_per_gather', CASE WHEN
    (SELECT count(*) FROM pg_stat_get_activity(NULL) WHERE state = 'active' AND pid <> pg_backend_pid()) = 0
    THEN least(current_setting('max_parallel_workers_per_gather')::int, 1) ELSE 0 END::text, true)`

// Straight from the catalogue: `pg_get_indexdef` would wait for whoever has locked the table.
const column = (at: number) =>
  `(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = i.indkey[${at}])`

/**
 * Reads the server's clock in the clinic's zone and, in the same statement, which indexes there are at present:
 * an administrator may add or drop one at any time. Should a column be `timestamptz` after all, the session's
 * zone, set here for the transaction, makes its comparisons and days those of the clinic.
 */
export async function readMoment(transaction: Transaction, schema: ClinicSchema, zone: string): Promise<Moment> {
  const citas = schema.table('citas')
  const pagos = schema.table('pagos')
  const pacientes = schema.table('pacientes')
  const [row] = await transaction.query<{ now: string; indexes: readonly string[] }>(
    `SELECT to_char(now() AT TIME ZONE $1, 'YYYY-MM-DD"T"HH24:MI:SS') AS now, set_config('TimeZone', $1, true), ${modesty},
            ARRAY(SELECT CASE i.indrelid WHEN $2::regclass THEN 'citas ' WHEN $3::regclass THEN 'pagos ' ELSE 'pacientes ' END ||
                         coalesce(${column(0)}, '') || ',' || coalesce(${column(1)}, '')
                    FROM pg_index i WHERE i.indrelid IN ($2::regclass, $3::regclass, $4::regclass)
                     AND i.indisvalid AND i.indpred IS NULL) AS indexes`,
    [zone, citas && schema.quoted('citas'), pagos && schema.quoted('pagos'), pacientes && schema.quoted('pacientes')],
  )
  const found = row?.indexes ?? []
  const startingWith = (columns: string) => found.some((index) => index.startsWith(columns))
  const start = schema.appointmentStart
  // Appointments without a podiatrist would not be found by podiatrist.
  const always = citas?.columns.get('id_podologo')?.notNull === true
  const byPodiatrist = always && found.includes(`citas id_podologo,${start}`)
  // Of another type (an enum), the states could not be compared with texts by the index.
  const textual = /^(text|character varying)/.test(pagos?.columns.get('estado_pago')?.type ?? '')
  const byState = textual && startingWith('pagos estado_pago,')
  return {
    now: row?.now ?? '',
    indexes: {
      appointments: startingWith(`citas ${start},`) ? 'start' : byPodiatrist ? 'podiatrist' : 'none',
      payments: startingWith('pagos fecha_pago,') ? 'date' : byState ? 'state' : 'none',
      patients: startingWith('pacientes fecha_registro,') ? 'date' : 'none',
    },
  }
}
