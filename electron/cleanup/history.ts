import type { Database, Row } from '#electron/database/database.ts'
import type { Log } from '#electron/log.ts'
import type { HistoryEntry } from '#shared/cleanup-run.ts'
import type { Journal, StoredEntry } from './journal.ts'
import { noted } from './journal.ts'
import { readRecords } from './record.ts'

export interface HistoryParts {
  readonly journal: Journal
  readonly log: Log
  /** The id of the operation that runs now, which nobody may judge yet. */
  readonly running: () => string | null
}

/**
 * What this workstation and the database remember, newest first. Operations whose end this workstation never learned (a
 * crash, a lost answer to COMMIT) are settled now: the record in the database or the server's own log of transactions says.
 */
export async function readHistory(database: Database, parts: HistoryParts): Promise<readonly HistoryEntry[]> {
  const { name } = await database.schema()
  const { records, here } = await database.read(async (transaction) => {
    const [row] = await transaction.query<Row & { here: string }>('SELECT current_database()::text AS here')
    return { records: await readRecords(transaction, name), here: row?.here ?? '' }
  })
  const known = new Map(records.map((record) => [record.id, record]))
  for (const entry of parts.journal.entries()) {
    const open = entry.outcome === 'begun' || entry.outcome === 'unknown'
    if (!open || entry.database !== here || entry.id === parts.running()) continue
    const outcome = known.has(entry.id) ? 'done' : await judge(database, entry)
    if (outcome !== null) await noted(parts.journal, { ...entry, outcome }, parts.log)
  }
  const local = parts.journal.entries().filter((entry) => entry.database === here && entry.id !== parts.running())
  const both = local.map((entry): HistoryEntry => {
    const { by, file: _file, xid: _xid, outcome, ...rest } = entry
    return {
      ...{ ...rest, by: by.userName, outcome: outcome === 'begun' ? 'unknown' : outcome },
      remembered: known.has(entry.id) ? ['workstation', 'server'] : ['workstation'],
    }
  })
  const ids = new Set(local.map(({ id }) => id))
  return [...both, ...records.filter(({ id }) => !ids.has(id))].sort((one, other) => other.at - one.at)
}

/** Null while the server cannot say: the transaction is still there, or so old that nobody remembers it. */
async function judge(database: Database, { xid }: StoredEntry): Promise<'done' | 'undone' | null> {
  if (xid === null) return null
  const status = await database
    .read((transaction) =>
      transaction.query<Row & { status: string | null }>(`SELECT pg_xact_status($1::text::xid8) AS status`, [xid]),
    )
    .then(([row]) => row?.status ?? null)
    // "In the future": this server lost it in a crash, or is another one.
    .catch(() => null)
  return status === 'committed' ? 'done' : status === 'aborted' ? 'undone' : null
}
