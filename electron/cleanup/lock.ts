import type { Row, Transaction } from '#electron/database/database.ts'
import type { ClinicSchema } from '#electron/database/schema.ts'
import type { Decisions } from '#shared/cleanup.ts'
import { AppError } from '#shared/errors.ts'
import { type CatalogueTable, readCatalogue } from './catalogue.ts'
import { assertOpen } from './own-schema.ts'
import { from } from './sql.ts'
import { buildStructure } from './structure.ts'

/** `PodoSkin` in ASCII: the two halves of the advisory lock that every workstation tries to take. */
const advisory = [0x506f646f, 0x536b696e] as const

/** One at a time, from every workstation, until the transaction ends. Throws `CLEANUP_RUNNING` at once. */
export async function takeTurn(transaction: Transaction): Promise<void> {
  const [taken] = await transaction.query<Row & { taken: boolean }>(
    `SELECT pg_try_advisory_xact_lock(${advisory[0]}, ${advisory[1]}) AS taken`,
  )
  if (!taken?.taken) throw new AppError('CLEANUP_RUNNING')
}

/**
 * Takes the cleanup's lock, then every table in the order of its name: EXCLUSIVE where rows may go or change
 * (others go on reading), SHARE where they must only stay. Nothing of the clinic is read before. Throws
 * `CLEANUP_RUNNING`, `CLEANUP_SEALED`, `LOCK_TIMEOUT`, or `CLEANUP_REFUSED` for a table that this role may not lock.
 */
export async function lockTables(
  transaction: Transaction,
  schema: ClinicSchema,
  decisions: Decisions,
  onLocked: (done: number, total: number) => void,
): Promise<ReadonlySet<string>> {
  await takeTurn(transaction)
  await assertOpen(transaction, schema.name)
  const catalogue = await readCatalogue(transaction)
  const structure = buildStructure(catalogue, schema.name, decisions)
  const writing = new Set([...structure.members.keys()])
  for (const { key } of structure.edges) writing.add(key.child).add(key.parent)
  const users = [...catalogue.tables.values()].find(({ schema: s, name }) => s === schema.name && name === 'usuarios')
  if (users && decisions.scopes.users !== 'keep') writing.add(users.key)
  const tables = [...catalogue.tables.values()].filter(
    (table) => table.kind !== 'foreign' && (writing.has(table.key) || (table.onPath && mayLock(table))),
  )
  for (const [done, table] of tables.entries()) {
    if (!mayLock(table))
      throw new AppError('CLEANUP_REFUSED', { reason: 'NOT_OWNER', table: table.key, owner: table.owner })
    await transaction.query(`LOCK TABLE ${from(table)} IN ${writing.has(table.key) ? 'EXCLUSIVE' : 'SHARE'} MODE`)
    onLocked(done + 1, tables.length)
  }
  return new Set(tables.filter(({ key }) => writing.has(key)).map(({ key }) => key))
}

function mayLock({ usable, owned, update, delete: remove, truncate }: CatalogueTable): boolean {
  return usable && (owned || update || remove || truncate)
}
