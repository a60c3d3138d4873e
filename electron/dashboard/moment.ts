import type { Transaction } from '#electron/database/database.ts'
import type { ClinicSchema } from '#electron/database/schema.ts'

/** Which indexes can serve a range of dates. The clinic's own schema has none by date alone. */
export interface DateIndexes {
  readonly appointments: 'start' | 'podiatrist' | 'none'
  readonly payments: boolean
}

/** The clinic's civil time of a snapshot, and how its tables are best read. */
export interface Moment {
  /** `YYYY-MM-DDTHH:MM:SS` in the clinic's zone, by the server's clock. */
  readonly now: string
  readonly indexes: DateIndexes
}

/**
 * One core is enough for statistics of a clinic: the others stay free for its work, and twenty workstations get
 * their figures no later. Only tables beyond these sizes (some millions of appointments) are read by several.
 */
const parallelFrom = { min_parallel_table_scan_size: '96MB', min_parallel_index_scan_size: '12MB' } as const
const oneCore = Object.entries(parallelFrom)
  .map(([setting, size]) => `set_config('${setting}', '${size}', true)`)
  .join(', ')

/**
 * Reads the server's clock in the clinic's zone and, in the same statement, which indexes there are at present:
 * an administrator may add or drop one at any time. Should a column be `timestamptz` after all, the session's
 * zone, set here for the transaction, makes its comparisons and days those of the clinic.
 */
export async function readMoment(transaction: Transaction, schema: ClinicSchema, zone: string): Promise<Moment> {
  const citas = schema.table('citas')
  const pagos = schema.table('pagos')
  const [row] = await transaction.query<{ now: string; indexes: readonly string[] }>(
    `SELECT to_char(now() AT TIME ZONE $1, 'YYYY-MM-DD"T"HH24:MI:SS') AS now, set_config('TimeZone', $1, true), ${oneCore},
            ARRAY(SELECT CASE indrelid WHEN $2::regclass THEN 'citas ' ELSE 'pagos ' END ||
                         pg_get_indexdef(indexrelid, 1, true) || ',' || coalesce(pg_get_indexdef(indexrelid, 2, true), '')
                    FROM pg_index
                   WHERE indrelid IN ($2::regclass, $3::regclass) AND indisvalid AND indpred IS NULL) AS indexes`,
    [zone, citas && schema.quoted('citas'), pagos && schema.quoted('pagos')],
  )
  const found = row?.indexes ?? []
  const startingWith = (columns: string) => found.some((index) => index.startsWith(columns))
  const start = schema.appointmentStart
  // Appointments without a podiatrist would not be found by podiatrist.
  const always = citas?.columns.get('id_podologo')?.notNull === true
  const byPodiatrist = always && found.includes(`citas id_podologo,${start}`)
  return {
    now: row?.now ?? '',
    indexes: {
      appointments: startingWith(`citas ${start},`) ? 'start' : byPodiatrist ? 'podiatrist' : 'none',
      payments: startingWith('pagos fecha_pago,'),
    },
  }
}
