import type { Transaction } from '#electron/database/database.ts'
import type { ClinicSchema } from '#electron/database/schema.ts'

/** The index that can serve a range of appointments; the clinic's own schema has none by start alone. */
export type AppointmentIndex = 'start' | 'podiatrist' | 'none'

/** The clinic's civil time of a snapshot, and how its appointments are best read. */
export interface Moment {
  /** `YYYY-MM-DDTHH:MM:SS` in the clinic's zone, by the server's clock. */
  readonly now: string
  readonly index: AppointmentIndex
}

/**
 * Reads the server's clock in the clinic's zone and, in the same statement, which indexes `citas` has at
 * present: an administrator may add or drop one at any time. Should a column be `timestamptz` after all, the
 * session's zone, set here for the transaction, makes its comparisons and days those of the clinic.
 */
export async function readMoment(transaction: Transaction, schema: ClinicSchema, zone: string): Promise<Moment> {
  const citas = schema.table('citas')
  const [row] = await transaction.query<{ now: string; indexes: readonly string[] }>(
    `SELECT to_char(now() AT TIME ZONE $1, 'YYYY-MM-DD"T"HH24:MI:SS') AS now, set_config('TimeZone', $1, true),
            ARRAY(SELECT pg_get_indexdef(indexrelid, 1, true) || ',' || coalesce(pg_get_indexdef(indexrelid, 2, true), '')
                    FROM pg_index WHERE indrelid = $2::regclass AND indisvalid AND indpred IS NULL) AS indexes`,
    [zone, citas ? schema.quoted('citas') : null],
  )
  const indexes = row?.indexes ?? []
  const start = schema.appointmentStart ?? ''
  // Appointments without a podiatrist would not be found by podiatrist.
  const always = citas?.columns.get('id_podologo')?.notNull === true
  const byPodiatrist = always && indexes.includes(`id_podologo,${start}`)
  const byStart = indexes.some((columns) => columns.startsWith(`${start},`))
  return { now: row?.now ?? '', index: byStart ? 'start' : byPodiatrist ? 'podiatrist' : 'none' }
}
