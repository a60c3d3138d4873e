import type { Transaction } from '#electron/database/database.ts'
import type { CleanupPhase } from '#shared/cleanup.ts'
import type { RestoredTable, RestoreOutcome } from '#shared/cleanup-run.ts'
import { AppError } from '#shared/errors.ts'
import { plainSelect } from './back-up.ts'
import type { Manifest } from './backup/manifest.ts'
import { readBackup } from './backup/reader.ts'
import type { ReadResult } from './backup/types.ts'
import type { CatalogueTable } from './catalogue.ts'
import type { Fingerprints, Structure } from './content.ts'
import { addKey, dropKey, holdTrigger, releaseTrigger } from './empty.ts'
import { type Fingerprint, fingerprintOf, plus, same } from './fingerprint.ts'
import { takeTurn } from './lock.ts'
import { assertOpen } from './own-schema.ts'
import { canonical, firstDifference, printCatalogue } from './print.ts'
import type { RestoreOptions } from './restore.ts'
import { findTargets, keysOf, orphans, RestoreRefused, type Targets } from './restore-check.ts'
import { clearedObstacles, giveBack, type LoadedPart } from './restore-cleared.ts'
import { clearedPart, loadBeside, loadRows } from './restore-load.ts'
import { putNextValues } from './sequences.ts'
import { from } from './sql.ts'
import { steady } from './steady.ts'
import { holdOf } from './work.ts'

export type Timed = <T>(phase: CleanupPhase, work: () => Promise<T>) => Promise<T>

/** A backup that was read whole once. */
export interface Opened extends ReadResult {
  readonly structure: Structure
  readonly fingerprints: Fingerprints
}

/**
 * The restore itself, inside a READ COMMITTED transaction that the caller commits or rolls back: finds the tables,
 * locks them, loads, gives back, makes the references again, and proves the outcome.
 */
export async function putBack(
  transaction: Transaction,
  clinic: string,
  backup: Opened,
  options: RestoreOptions,
  timed: Timed,
) {
  const { manifest, structure, fingerprints } = backup
  const targets = await timed('lock', async () => {
    await steady(transaction)
    await transaction.query('SET LOCAL row_security = off')
    await takeTurn(transaction)
    await assertOpen(transaction, clinic)
    await lock(transaction, await findTargets(transaction, manifest, structure))
    // Again, now that nothing moves any more.
    return findTargets(transaction, manifest, structure)
  })
  const { tables, catalogue } = targets
  const names = tables.map(({ key }) => key)
  const before = await timed('count', async () => ({
    prints: await printCatalogue(transaction, names),
    rows: await wholePrints(transaction, tables, fingerprints),
  }))
  const held = holdOf(tables, firing(targets, manifest))
  const keys = keysOf(targets, manifest)
  await transaction.query('SET CONSTRAINTS ALL IMMEDIATE')
  for (const sql of [...held.triggers.map(holdTrigger), ...keys.map(dropKey)]) await transaction.query(sql)
  const cleared = await timed('load', () => load(transaction, backup, targets, before.rows, options))
  const loaded = await timed('rebuild', async () => {
    const mended = new Map<string, number>()
    const full = await wholePrints(transaction, tables, fingerprints)
    for (const part of cleared) {
      const found = await clearedObstacles(transaction, part)
      if (found.length > 0) throw new RestoreRefused(found)
      const rows = await giveBack(transaction, part)
      if (rows !== part.rows) throw notProven('cleared', part.table.key)
      mended.set(part.table.key, rows)
    }
    await rebuild(transaction, targets, keys, options)
    for (const trigger of held.restored) await transaction.query(releaseTrigger(trigger))
    return { mended, full }
  })
  return timed('verify', async () => {
    const sequences = await putNextValues(transaction, structure.sequences)
    const difference = firstDifference(before.prints, await printCatalogue(transaction, names))
    if (difference !== null) throw notProven('catalogue', difference)
    const proof = await prove(transaction, backup, targets, { ...before, ...loaded })
    const views = catalogue.materialized.filter((view) => view.tables.some((key) => names.includes(key)))
    return { ...proof, sequences, views: views.map(({ key }) => key) }
  })
}

/** Everything that is written, and everything that is pointed at, in the order of the catalogue. */
async function lock(transaction: Transaction, { catalogue, tables }: Targets): Promise<void> {
  const written = new Set(tables.map(({ key }) => key))
  const parents = new Set(catalogue.foreignKeys.filter(({ child }) => written.has(child)).map(({ parent }) => parent))
  for (const table of catalogue.tables.values()) {
    const mode = written.has(table.key) ? 'EXCLUSIVE' : parents.has(table.key) && table.owned ? 'SHARE' : null
    if (mode !== null) await transaction.query(`LOCK TABLE ${from(table)} IN ${mode} MODE`)
  }
}

/** User triggers that would fire on rows that come back or get their values back. */
function firing({ parts, tables }: Targets, manifest: Manifest) {
  const written = (table: CatalogueTable, role: 'deleted' | 'cleared') =>
    parts.some((part, i) => part === table && manifest.tables[i]?.role === role)
  return tables.flatMap((table) =>
    table.triggers.filter(
      ({ enabled, onInsert, onUpdate, onDelete, onTruncate }) =>
        (enabled === 'O' || enabled === 'A') &&
        // A row of a partitioned table that moves fires the triggers of both.
        ((onInsert && written(table, 'deleted')) ||
          (!onTruncate && (onUpdate || onInsert || onDelete) && written(table, 'cleared'))),
    ),
  )
}

/** Each table as it is, in columns that hold values of their own. */
async function wholePrints(
  transaction: Transaction,
  tables: readonly CatalogueTable[],
  { seeds }: Fingerprints,
): Promise<ReadonlyMap<string, Fingerprint>> {
  const found = new Map<string, Fingerprint>()
  for (const table of tables) found.set(table.key, await fingerprintOf(transaction, plainSelect(table), seeds))
  return found
}

/** Reads the file a second time, into the tables; what gives values back is loaded beside them, for later. */
async function load(
  transaction: Transaction,
  { manifest, structure, unlock, sha256, bytes }: Opened,
  { parts }: Targets,
  before: ReadonlyMap<string, Fingerprint>,
  options: RestoreOptions,
): Promise<readonly LoadedPart[]> {
  const cleared: LoadedPart[] = []
  const total = manifest.tables.reduce((sum, { rows }) => sum + rows, 0)
  let done = 0
  let i = 0
  const read = await readBackup(options.file, unlock, {
    signal: options.signal,
    onTable: async (head, rows) => {
      const table = parts[i]
      const part = manifest.tables[i]
      if (
        !table ||
        !part ||
        part.key !== head.key ||
        part.role !== head.role ||
        canonical(part.columns) !== canonical(head.columns)
      )
        throw new AppError('BACKUP_DAMAGED', { reason: 'changed' })
      if (part.role === 'cleared') {
        cleared.push(clearedPart(manifest, structure, i, table))
        await loadBeside(transaction, i, { table, part, rows })
      } else {
        await loadRows(transaction, i, { table, part, rows, occupied: (before.get(table.key)?.rows ?? 0) > 0 })
      }
      i += 1
      done += part.rows
      options.report('load', done, total)
    },
  })
  // The file that was loaded is the file that was checked.
  if (read.sha256 !== sha256 || read.bytes !== bytes || i !== parts.length)
    throw new AppError('BACKUP_DAMAGED', { reason: 'changed' })
  return cleared
}

/** Makes the references again; the server checks every row. */
async function rebuild(
  transaction: Transaction,
  { catalogue }: Targets,
  keys: ReturnType<typeof keysOf>,
  options: RestoreOptions,
): Promise<void> {
  for (const [done, key] of keys.entries()) {
    options.report('rebuild', done, keys.length)
    try {
      await transaction.attempt(async () => {
        for (const sql of addKey(key)) await transaction.query(sql)
      })
    } catch (error) {
      if (!(error instanceof AppError) || error.params.sqlstate !== '23503') throw error
      const found = []
      for (const each of keys.slice(done)) found.push(...(await orphans(transaction, catalogue, each)))
      throw found.length > 0 ? new RestoreRefused(found) : error
    }
  }
}

interface Seen {
  readonly rows: ReadonlyMap<string, Fingerprint>
  /** After the rows came back, before values were given back. */
  readonly full: ReadonlyMap<string, Fingerprint>
  readonly mended: ReadonlyMap<string, number>
}

/** What was there and what came back is all that is there; and where nothing else came since, it is as it was. */
async function prove(
  transaction: Transaction,
  { manifest, fingerprints }: Opened,
  { parts, tables }: Targets,
  { rows, full, mended }: Seen,
): Promise<Pick<RestoreOutcome, 'tables' | 'proven' | 'changedSince'>> {
  const found: RestoredTable[] = []
  const changedSince: string[] = []
  for (const table of tables) {
    const at = parts.findIndex((part, i) => part === table && manifest.tables[i]?.role === 'deleted')
    const was = rows.get(table.key)
    const came = at < 0 ? { rows: 0, first: '0', second: '0' } : fingerprints.parts[at]
    const is = full.get(table.key)
    if (!was || !came || !is || !same(plus(was, came), is)) throw notProven('rows', table.key)
    const now = mended.has(table.key) ? await fingerprintOf(transaction, plainSelect(table), fingerprints.seeds) : is
    const then = fingerprints.before.find((each) => each.table === table.key)
    if (!then || !same(then.fingerprint, now)) changedSince.push(table.key)
    found.push({ key: table.key, restored: came.rows, mended: mended.get(table.key) ?? 0, after: now.rows })
  }
  return { tables: found, proven: tables.length - changedSince.length, changedSince }
}

function notProven(what: string, where: string): AppError {
  return new AppError('RESTORE_NOT_PROVEN', { what, where })
}
