import type { Database, Row } from '#electron/database/database.ts'
import type { CleanupPhase } from '#shared/cleanup.ts'
import type { Obstacle } from '#shared/cleanup-backup.ts'
import type { RestorePlan } from '#shared/cleanup-run.ts'
import { AppError } from '#shared/errors.ts'
import { readBackup } from './backup/reader.ts'
import type { Unlock } from './backup/types.ts'
import { contentOf, readContent } from './content.ts'
import { assertOpen } from './own-schema.ts'
import { type Interruptible, interruptible, jobOptions, undone } from './rehearsal.ts'
import { collisions, findTargets, orphans, RestoreRefused } from './restore-check.ts'
import { clearedObstacles } from './restore-cleared.ts'
import { clearedPart, loadBeside, partTable } from './restore-load.ts'
import { from } from './sql.ts'
import { steady } from './steady.ts'

export interface RestorePlanOptions extends Interruptible {
  readonly file: string
  readonly unlock: Unlock
  report(phase: CleanupPhase, done: number, total: number | null): void
}

/**
 * What would come back and everything that stands in the way, without touching the clinic's tables: the backup is loaded
 * into temporary tables, compared with what is there, and forgotten. Locks out nobody. Throws the codes of `backup/`.
 */
export async function planRestore(database: Database, options: RestorePlanOptions): Promise<RestorePlan> {
  const { file, unlock, signal, report } = options
  const { name } = await database.schema()
  report('read', 0, null)
  const { manifest, unlock: again } = await readBackup(file, unlock, {
    signal,
    onProgress: (done, total) => report('read', done, total),
  })
  const { structure } = readContent(manifest)
  const occupied: { key: string; rows: number }[] = []
  const total = manifest.tables.reduce((sum, { rows }) => sum + rows, 0)
  const work = async (transaction: Parameters<Parameters<Database['write']>[0]>[0]): Promise<readonly Obstacle[]> => {
    await steady(transaction)
    const sealed = await assertOpen(transaction, name).then(
      () => false,
      (error: unknown) => {
        if (error instanceof AppError && error.code === 'CLEANUP_SEALED') return true
        throw error
      },
    )
    if (sealed) return [{ code: 'sealed', params: {} }]
    const { parts, catalogue } = await findTargets(transaction, manifest, structure)
    const found: Obstacle[] = []
    const coming = new Map<string, string>()
    let i = 0
    let done = 0
    report('load', 0, total)
    await readBackup(file, again, {
      signal,
      onTable: async (head, rows) => {
        const table = parts[i]
        const part = manifest.tables[i]
        if (!table || part?.key !== head.key) throw new AppError('BACKUP_DAMAGED', { reason: 'changed' })
        const source = await loadBeside(transaction, i, { table, part, rows })
        if (part.role === 'cleared') {
          found.push(...(await clearedObstacles(transaction, clearedPart(manifest, structure, i, table))))
        } else {
          coming.set(table.key, source)
          const [row] = await transaction.query<Row & { rows: number }>(`SELECT count(*) AS rows FROM ${from(table)} t`)
          const there = Number(row?.rows)
          if (there > 0) {
            occupied.push({ key: table.key, rows: there })
            found.push(...(await collisions(transaction, table, partTable(i))))
          }
        }
        i += 1
        done += part.rows
        report('load', done, total)
      },
    })
    for (const key of catalogue.foreignKeys)
      if (coming.has(key.child) && key.childRelation === key.child)
        found.push(...(await orphans(transaction, catalogue, key, coming)))
    return found
  }
  const obstacles = await interruptible(database, options, (watch) =>
    undone(
      database,
      async (transaction) => {
        await watch(transaction)
        return work(transaction)
      },
      jobOptions,
    ),
  ).catch((error: unknown) => {
    if (error instanceof RestoreRefused) return error.obstacles
    throw error
  })
  return { kind: 'restorePlan', content: contentOf(manifest), obstacles, occupied }
}
