import type { Transaction } from '#electron/database/database.ts'
import type { ClinicSchema } from '#electron/database/schema.ts'

/**
 * How a range of dates is best read: by an index that serves it, or from end to end, which a small table is the
 * cheapest (`small`) and a large one without an index has to (`none`). The clinic's own schema has no index by date alone.
 */
export interface DateIndexes {
  readonly appointments: 'start' | 'podiatrist' | 'none'
  readonly payments: 'date' | 'small' | 'state' | 'none'
  readonly patients: 'date' | 'none'
}

/** The clinic's civil time of a snapshot, and how its tables are best read. */
export interface Moment {
  /** `YYYY-MM-DDTHH:MM:SS` in the clinic's zone, by the server's clock. */
  readonly now: string
  readonly indexes: DateIndexes
}

/**
 * Pages of 8 kB up to which a table is read faster than a cleverer statement is planned; about 20 000 appointments.
 * A table that the server has never counted has 0: it may be large.
 */
const smallPages = 400

/**
 * A single large table may be read by two cores, while the server has nothing else to do: twenty workstations at once
 * would only be in each other's way, and in the clinic's.
 */
const modesty = `SELECT set_config('max_parallel_workers_per_gather', CASE WHEN
    (SELECT count(*) FROM pg_stat_get_activity(NULL) WHERE state = 'active' AND pid <> pg_backend_pid()) = 0
    THEN least(current_setting('max_parallel_workers_per_gather')::int, 1) ELSE 0 END::text, true)`

/**
 * A line for each table: name, pages, and the column numbers of each index, as in `citas 178 1,2,3 4`. Straight from
 * the catalogue: `pg_get_indexdef` would wait for whoever has locked the table.
 */
const tables = (names: string) => `
  ARRAY(SELECT concat_ws(' ', c.relname, c.relpages, (SELECT string_agg(i.indkey::text, ',') FROM pg_index i
                 WHERE i.indrelid = c.oid AND i.indisvalid AND i.indpred IS NULL))
          FROM pg_class c WHERE c.oid = ANY (${names}::regclass[]))`

/**
 * Reads the server's clock in the clinic's zone and, in the same statement, how large the tables are and which indexes
 * there are at present: an administrator may add or drop one at any time. Should a column be `timestamptz` after all,
 * the session's zone, set here for the transaction, makes its comparisons and days those of the clinic.
 */
export async function readMoment(transaction: Transaction, schema: ClinicSchema, zone: string): Promise<Moment> {
  const [row] = await transaction.query<{ now: string; tables: readonly string[] }>(
    `SELECT to_char(now() AT TIME ZONE $1, 'YYYY-MM-DD"T"HH24:MI:SS') AS now, set_config('TimeZone', $1, true),
            set_config('min_parallel_table_scan_size', '64MB', true), ${tables('$2')} AS tables`,
    [zone, ['citas', 'pagos', 'pacientes'].filter((name) => schema.table(name)).map((name) => schema.quoted(name))],
  )
  const found = (row?.tables ?? []).map(described)
  if (!found.every(isSmall)) await transaction.query(modesty)
  return { now: row?.now ?? '', indexes: dateIndexes(schema, found) }
}

interface Described {
  readonly name: string
  readonly pages: number
  /** The column numbers of each index. */
  readonly indexes: readonly (readonly number[])[]
}

function described(line: string): Described {
  const [, name = '', pages = '', keys = ''] = /^(\w+) (-?\d+) ?(.*)$/.exec(line) ?? []
  return { name, pages: Number(pages), indexes: keys.split(',').map((each) => each.split(' ').map(Number)) }
}

function isSmall({ pages }: Described): boolean {
  return pages > 0 && pages <= smallPages
}

function dateIndexes(schema: ClinicSchema, found: readonly Described[]): DateIndexes {
  const numberOf = (table: string, column: string) => schema.table(table)?.columns.get(column)?.number
  /** Whether an index of the table begins with these columns. */
  const has = (table: string, ...columns: string[]) =>
    found.some(
      ({ name, indexes }) =>
        name === table &&
        indexes.some((keys) =>
          columns.every((column, at) => keys[at] !== undefined && keys[at] === numberOf(table, column)),
        ),
    )
  const small = (table: string) => found.some((each) => each.name === table && isSmall(each))
  const start = schema.appointmentStart ?? ''
  // Appointments without a podiatrist would not be found by podiatrist.
  const always = schema.table('citas')?.columns.get('id_podologo')?.notNull === true
  const byPodiatrist = always && !small('citas') && has('citas', 'id_podologo', start)
  // Of another type (an enum), the states could not be compared with texts by the index.
  const textual = /^(text|character varying)/.test(schema.table('pagos')?.columns.get('estado_pago')?.type ?? '')
  const byState = textual && has('pagos', 'estado_pago') ? 'state' : 'none'
  return {
    appointments: has('citas', start) ? 'start' : byPodiatrist ? 'podiatrist' : 'none',
    payments: has('pagos', 'fecha_pago') ? 'date' : small('pagos') ? 'small' : byState,
    patients: has('pacientes', 'fecha_registro') ? 'date' : 'none',
  }
}
