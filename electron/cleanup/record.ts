import type { Row, Transaction } from '#electron/database/database.ts'
import type { HistoryEntry, RunOutcome } from '#shared/cleanup-run.ts'
import { AppError } from '#shared/errors.ts'
import type { StoredEntry } from './journal.ts'
import { findOwnSchema, makeOwnSchema, recordTable } from './own-schema.ts'

/**
 * Writes the record of what this transaction does into the transaction itself: record and rows stand or fall together.
 * Makes our schema where it is not there; where the role may not, says so and hinders nothing.
 */
export async function writeRecord(
  transaction: Transaction,
  clinic: string,
  entry: StoredEntry,
  counts: Readonly<Record<string, number>>,
): Promise<RunOutcome['record']> {
  try {
    await transaction.attempt(async () => {
      const found = await findOwnSchema(transaction, clinic, true)
      if (found === 'closed') throw new AppError('PRIVILEGE_MISSING', { table: recordTable, privilege: 'INSERT' })
      if (found === 'absent') await makeOwnSchema(transaction)
      await transaction.query(
        `INSERT INTO ${recordTable} (id, tipo, usuario_id, usuario, huella_plan, pacientes, filas, tablas, respaldo, cuentas)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          ...[entry.id, entry.kind === 'run' ? 'limpieza' : 'restauracion', entry.by.id, entry.by.userName, entry.hash],
          ...[entry.patients, entry.rows, entry.tables, JSON.stringify(entry.backup), JSON.stringify(counts)],
        ],
      )
    })
    return 'server'
  } catch (error) {
    if (error instanceof AppError && error.code === 'PRIVILEGE_MISSING') return 'refused'
    throw error
  }
}

/** The records of this database, newest first; none where there is no schema of ours, or none to be read. */
export async function readRecords(transaction: Transaction, clinic: string): Promise<readonly HistoryEntry[]> {
  if ((await findOwnSchema(transaction, clinic, false)) !== 'ready') return []
  const rows = await transaction.query<Row & HistoryEntry>(
    `SELECT id::text AS id, CASE tipo WHEN 'limpieza' THEN 'run' ELSE 'restore' END AS kind, extract(epoch FROM momento)::bigint AS at,
       usuario AS by, current_database()::text AS database, huella_plan AS hash, pacientes AS patients, filas AS rows, tablas AS tables,
       respaldo AS backup FROM ${recordTable} ORDER BY momento DESC LIMIT 500`,
  )
  return rows.map((row) => ({
    ...row,
    ...{ at: Number(row.at), patients: row.patients === null ? null : Number(row.patients), rows: Number(row.rows) },
    backup: typeof row.backup === 'string' ? (JSON.parse(row.backup) as HistoryEntry['backup']) : row.backup,
    ...{ outcome: 'done', error: null, remembered: ['server'] },
  }))
}
