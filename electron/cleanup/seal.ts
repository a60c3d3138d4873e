import type { Database, Row, Transaction } from '#electron/database/database.ts'
import type { SealState } from '#shared/cleanup-run.ts'
import { AppError } from '#shared/errors.ts'
import type { By } from './journal.ts'
import { takeTurn } from './lock.ts'
import { findOwnSchema, makeOwnSchema, sealTable } from './own-schema.ts'

/** Whether the database is sealed as production, and by whom it was sealed and opened again. */
export async function readSeal(transaction: Transaction, clinic: string): Promise<SealState> {
  const found = await findOwnSchema(transaction, clinic, false)
  if (found === 'absent') return { state: 'open', history: [] }
  if (found === 'closed') return { state: 'unreadable', history: [] }
  const rows = await transaction.query<Row & SealState['history'][number]>(
    `SELECT CASE accion WHEN 'sellar' THEN 'seal' ELSE 'reopen' END AS action, extract(epoch FROM momento)::bigint AS at,
       usuario AS by, motivo AS reason FROM ${sealTable} ORDER BY numero DESC LIMIT 100`,
  )
  const history = rows.map((row) => ({ ...row, at: Number(row.at) }))
  return { state: history[0]?.action === 'seal' ? 'sealed' : 'open', history }
}

/**
 * Seals the database, or opens it again with the reason. Waits for nobody: while a cleanup runs it throws
 * `CLEANUP_RUNNING`, so a seal never comes in between. Throws `PRIVILEGE_MISSING` where the role may not.
 */
export async function changeSeal(
  database: Database,
  change: { readonly action: 'seal' | 'reopen'; readonly reason: string | null; readonly by: By },
): Promise<SealState> {
  const { name } = await database.schema()
  return database.write(async (transaction) => {
    await takeTurn(transaction)
    const found = await findOwnSchema(transaction, name, true)
    if (found === 'closed') throw new AppError('PRIVILEGE_MISSING', { table: sealTable, privilege: 'INSERT' })
    if (found === 'absent') await makeOwnSchema(transaction)
    const { state } = await readSeal(transaction, name)
    if ((state === 'sealed') !== (change.action === 'seal'))
      await transaction.query(
        `INSERT INTO ${sealTable} (accion, usuario_id, usuario, motivo) VALUES ($1, $2, $3, $4)`,
        [change.action === 'seal' ? 'sellar' : 'reabrir', change.by.id, change.by.userName, change.reason],
      )
    return readSeal(transaction, name)
  })
}
