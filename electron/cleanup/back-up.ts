import { pipeline, type Readable, Transform } from 'node:stream'
import { AppError } from '#shared/errors.ts'
import { countLines } from './backup/pack.ts'
import { readBackup } from './backup/reader.ts'
import type { BackupOptions, BackupWriter } from './backup/types.ts'
import { createBackup } from './backup/writer.ts'
import type { Fingerprints, Structure } from './content.ts'
import type { UnderLock } from './engine.ts'
import { type Exported, exportedParts, plainColumns } from './exported.ts'
import { fingerprintOf, same } from './fingerprint.ts'
import { canonical } from './print.ts'
import { readNextValues } from './sequences.ts'
import { readShapes } from './shape.ts'
import { from, quoteIdentifier } from './sql.ts'
import { copyFormat } from './steady.ts'

/** The steps of a backup, each reported and timed. */
export type Steps = <T>(
  phase: 'export' | 'reread' | 'proof',
  work: (report: (done: number, total: number) => void) => Promise<T>,
) => Promise<T>

export interface BackUpOptions {
  readonly file: Omit<BackupOptions, 'onProgress'>
  readonly server: { readonly host: string; readonly port: number }
  readonly environment: string
  /** Whether the server reads the backup back and compares. */
  readonly proof: boolean
  readonly steps: Steps
  /** Hears of the file before anything is in it, so that whoever fails can remove it. */
  readonly onWriter: (writer: BackupWriter) => void
}

export interface WrittenBackup {
  readonly writer: BackupWriter
  readonly bytes: number
  readonly sha256: string
}

/**
 * Writes everything that goes into a file, flushes it, reads it back from the disk, and, with `proof`, lets the server
 * load it into tables of the same shape and compare every row; all of it inside the transaction that holds the locks.
 * The file is still called partial afterwards. Throws `BACKUP_NOT_PROVEN` (what, table) and the codes of `backup/`.
 */
export async function backUp(context: UnderLock, options: BackUpOptions): Promise<WrittenBackup> {
  const parts = await exportedParts(context)
  const writer = await createBackup(options.file)
  options.onWriter(writer)
  const prints: Fingerprints['parts'] = []
  const finished = await options.steps('export', async (report) => {
    const total = parts.reduce((sum, { rows }) => sum + rows, 0)
    let done = 0
    for (const part of parts) {
      prints.push(await exportPart(context, part, writer, (rows) => report(done + rows, total)))
      done += part.rows
      report(done, total)
    }
    return writer.finish({
      server: { ...options.server, version: context.plan.serverVersion },
      ...{ database: context.plan.database, schema: context.structure.schema, environment: options.environment },
      ...{ planHash: context.plan.hash, encoding: 'UTF8' },
      structure: await structureOf(context, parts),
      fingerprints: { seeds: [...context.seeds], parts: prints, before: await wholePrints(context, parts, prints) },
      counts: Object.fromEntries(parts.map(({ head, rows }) => [`${head.role} ${head.key}`, rows])),
    })
  })
  await options.steps(options.proof ? 'proof' : 'reread', (report) =>
    reread(context, { parts, prints, writer, finished, proof: options.proof, signal: options.file.signal, report }),
  )
  return { writer, ...finished }
}

async function exportPart(
  { transaction, seeds }: UnderLock,
  part: Exported,
  writer: BackupWriter,
  onRows: (rows: number) => void,
): Promise<Fingerprints['parts'][number]> {
  const print = await fingerprintOf(transaction, part.select, seeds)
  const source = await transaction.copyOut(`COPY (${part.select}) TO STDOUT ${copyFormat}`)
  const { rows } = await writer.addTable(part.head, source, onRows)
  // Counted, fingerprinted and exported rows are the same ones, or nothing is deleted.
  if (rows !== part.rows || print.rows !== part.rows) throw notProven('rows', part)
  return print
}

/** The same rows, counted as they pass. */
function counted(source: Readable, onRows: (rows: number) => void): Readable {
  let rows = 0
  const counter = new Transform({
    transform(chunk: Buffer, _, done) {
      rows += countLines(chunk)
      onRows(rows)
      done(null, chunk)
    },
  })
  return pipeline(source, counter, () => undefined)
}

async function structureOf({ transaction, work }: UnderLock, parts: readonly Exported[]): Promise<Structure> {
  const tables = tablesOf(parts)
  return {
    shapes: [...(await readShapes(transaction, tables))],
    sequences: await readNextValues(transaction, [...new Set([...tables, ...work.truncate.map(({ key }) => key)])]),
    cleared: parts.flatMap(({ table, cleared }) =>
      cleared === null ? [] : [{ table: table.key, ...structuredClone(cleared) } as Structure['cleared'][number]],
    ),
  }
}

/** Each table as it is now, whole: what a restore has to bring about again. */
async function wholePrints(
  { transaction, seeds, work }: UnderLock,
  parts: readonly Exported[],
  prints: Fingerprints['parts'],
): Promise<Fingerprints['before']> {
  const whole: Fingerprints['before'] = []
  for (const key of tablesOf(parts)) {
    const at = parts.findIndex(({ head }) => head.key === key && head.role === 'deleted')
    const part = parts[at]
    const known = part && work.truncate.includes(part.table) ? prints[at] : undefined
    const table = parts.find(({ head }) => head.key === key)?.table
    if (table)
      whole.push({ table: key, fingerprint: known ?? (await fingerprintOf(transaction, plainSelect(table), seeds)) })
  }
  return whole
}

/** Every row of a table, in its columns that hold values of their own. */
export function plainSelect(table: Exported['table']): string {
  const columns = plainColumns(table).map((name) => `t.${quoteIdentifier(name)}`)
  return `SELECT ${columns.join(', ')} FROM ${from(table)} t`
}

function tablesOf(parts: readonly Exported[]): readonly string[] {
  return [...new Set(parts.map(({ head }) => head.key))]
}

interface Reread {
  readonly parts: readonly Exported[]
  readonly prints: Fingerprints['parts']
  readonly writer: BackupWriter
  readonly finished: { readonly file: string; readonly bytes: number; readonly sha256: string }
  readonly proof: boolean
  readonly signal: AbortSignal
  readonly report: (done: number, total: number) => void
}

/** Reads the flushed file from its first byte to its last, as a restore would on another day. */
async function reread(context: UnderLock, options: Reread): Promise<void> {
  const { parts, prints, writer, finished, report } = options
  const total = parts.reduce((sum, { rows }) => sum + rows, 0)
  let at = 0
  let done = 0
  const read = await readBackup(finished.file, writer.unlock, {
    signal: options.signal,
    onTable: async (head, rows) => {
      const part = parts[at]
      if (!part || canonical(part.head) !== canonical(head)) throw new AppError('BACKUP_NOT_PROVEN', { what: 'order' })
      const seen = counted(rows, (n) => report(done + n, total))
      if (options.proof) await prove(context, part, prints[at], seen, at)
      else for await (const _ of seen);
      at += 1
      done += part.rows
      report(done, total)
    },
  })
  const { manifest } = read
  const wrong =
    at !== parts.length ||
    read.sha256 !== finished.sha256 ||
    read.bytes !== finished.bytes ||
    manifest.id !== writer.id ||
    manifest.planHash !== context.plan.hash ||
    manifest.tables.some(({ rows }, i) => rows !== parts[i]?.rows)
  if (wrong) throw new AppError('BACKUP_NOT_PROVEN', { what: 'file' })
}

/** The server loads a part of the backup beside its source and finds the same rows in both. */
async function prove(
  { transaction, seeds }: UnderLock,
  part: Exported,
  expected: Fingerprints['parts'][number] | undefined,
  rows: Readable,
  at: number,
): Promise<void> {
  const copy = `pg_temp.podoskin_proof_${at}`
  await transaction.query(`CREATE TEMPORARY TABLE podoskin_proof_${at} ON COMMIT DROP AS ${part.select} WITH NO DATA`)
  await transaction.copyIn(`COPY ${copy} FROM STDIN ${copyFormat}`, rows)
  const found = await fingerprintOf(transaction, `SELECT * FROM ${copy}`, seeds)
  if (!expected || !same(expected, found)) throw notProven('proof', part)
  // Made in this transaction: its room on the server's disk is free again at once.
  await transaction.query(`TRUNCATE ${copy}`)
}

function notProven(what: string, { head }: Exported): AppError {
  return new AppError('BACKUP_NOT_PROVEN', { what, table: head.key })
}
