import type { Readable } from 'node:stream'
import type { Transaction } from '#electron/database/database.ts'
import type { Obstacle } from '#shared/cleanup-backup.ts'
import { AppError } from '#shared/errors.ts'
import type { BackupTable, Manifest } from './backup/manifest.ts'
import type { CatalogueTable } from './catalogue.ts'
import type { Structure } from './content.ts'
import { flagColumn, plainColumns } from './exported.ts'
import { collisions, RestoreRefused } from './restore-check.ts'
import type { LoadedPart } from './restore-cleared.ts'
import { from, quoteIdentifier } from './sql.ts'
import { copyFormat } from './steady.ts'

/** The name of the temporary table of part `i`. */
export const partTable = (i: number) => `pg_temp.podoskin_part_${i}`

/** Makes a temporary table shaped like part `i` and loads it. */
export async function loadBeside(
  transaction: Transaction,
  i: number,
  { table, part, rows }: { table: CatalogueTable; part: BackupTable; rows: Readable },
): Promise<string> {
  const own = new Set(table.columns.map(({ name }) => name))
  const columns = part.columns.map((name) =>
    own.has(name) ? `t.${quoteIdentifier(name)}` : `false AS ${quoteIdentifier(name)}`,
  )
  await transaction.query(
    `CREATE TEMPORARY TABLE podoskin_part_${i} ON COMMIT DROP AS SELECT ${columns.join(', ')} FROM ${from(table)} t WITH NO DATA`,
  )
  await copied(await transaction.copyIn(`COPY ${partTable(i)} FROM STDIN ${copyFormat}`, rows), part)
  await transaction.query(`ANALYZE ${partTable(i)}`)
  return partTable(i)
}

/**
 * Puts the rows of a `deleted` part back: straight into a table that is empty, else beside it first, to see what
 * collides. COPY gives identity columns the values they had. Throws `RestoreRefused` for what collides.
 */
export async function loadRows(
  transaction: Transaction,
  i: number,
  input: { table: CatalogueTable; part: BackupTable; rows: Readable; occupied: boolean },
): Promise<void> {
  const { table, part, rows } = input
  const columns = part.columns.map(quoteIdentifier).join(', ')
  try {
    if (!input.occupied) {
      await copied(await transaction.copyIn(`COPY ${table.key} (${columns}) FROM STDIN ${copyFormat}`, rows), part)
      return
    }
    const source = await loadBeside(transaction, i, input)
    const found = await collisions(transaction, table, source)
    if (found.length > 0) throw new RestoreRefused(found)
    await transaction.query(
      `INSERT INTO ${table.key} (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM ${source}`,
    )
    await transaction.query(`TRUNCATE ${source}`)
  } catch (error) {
    throw explained(error, table)
  }
}

/** A key, an exclusion or a check that refused a row is something that stands in the way, not a failure of ours. */
function explained(error: unknown, table: CatalogueTable): unknown {
  if (!(error instanceof AppError)) return error
  const { sqlstate, constraint } = error.params
  if (sqlstate !== '23505' && sqlstate !== '23P01' && sqlstate !== '23514') return error
  const code: Obstacle['code'] = sqlstate === '23514' ? 'constraintChanged' : 'collision'
  return new RestoreRefused([{ code, params: { table: table.key, constraint: constraint ?? '', count: 1 } }])
}

async function copied(rows: number, part: BackupTable): Promise<void> {
  if (rows !== part.rows) throw new AppError('RESTORE_NOT_PROVEN', { what: 'rows', where: part.key })
}

/** A `cleared` part of the file as what it says must be done. Throws `BACKUP_DAMAGED` when it says nothing sound. */
export function clearedPart(manifest: Manifest, structure: Structure, i: number, table: CatalogueTable): LoadedPart {
  const part = manifest.tables[i]
  const cleared = structure.cleared.find((each) => each.table === table.key)
  const named =
    cleared && part ? [...part.keyColumns, ...cleared.columns, ...cleared.parts.map((_, f) => flagColumn(f))] : []
  const plain = new Set(plainColumns(table))
  const sound =
    part &&
    cleared &&
    named.length === part.columns.length &&
    named.every((name, at) => name === part.columns[at]) &&
    [...part.keyColumns, ...cleared.columns].every((name) => plain.has(name)) &&
    cleared.columns.every((name) => cleared.parts.some(({ columns }) => columns.includes(name))) &&
    (!cleared.keyed || part.keyColumns.join('\0') === table.primaryKey.join('\0'))
  if (!sound) throw new AppError('BACKUP_DAMAGED', { reason: 'content' })
  return { table, cleared, keyColumns: part.keyColumns, source: partTable(i), rows: part.rows }
}
