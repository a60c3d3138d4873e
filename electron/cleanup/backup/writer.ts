import { createHash, randomUUID } from 'node:crypto'
import { link, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { flushFolder } from '#electron/flush-folder.ts'
import { AppError } from '#shared/errors.ts'
import { codeOf, freeBytes, reserve, writeFailure } from './disk.ts'
import { ending, loadingScript, memberName, names, partialEnding, readme, tableFolder } from './layout.ts'
import {
  type BackupHead,
  type BackupTable,
  backupFormat,
  backupHeadSchema,
  type Manifest,
  manifestSchema,
  tableHeadSchema,
} from './manifest.ts'
import { openOutput } from './output.ts'
import { pack } from './pack.ts'
import { sign } from './signed.ts'
import { encodeHeader, endOfTar, padding } from './tar.ts'
import type { BackupOptions, BackupWriter } from './types.ts'

/**
 * Begins a backup: one new file, readable by its owner only, named partial until it is published. Throws
 * `BACKUP_DISK_FULL` before anything is written when the tables might not fit, `BACKUP_KEY_INVALID`, `FILE_NOT_WRITTEN`,
 * `INVALID_INPUT` for a base name that is none.
 */
export async function createBackup(options: BackupOptions): Promise<BackupWriter> {
  const { folder, baseName, protection, signal, onProgress } = options
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(baseName)) throw new AppError('INVALID_INPUT', { field: 'baseName' })
  const free = await freeBytes(folder)
  if (free !== null && free < options.expectedBytes + reserve)
    throw new AppError('BACKUP_DISK_FULL', { reason: 'before' })
  const created = new Date()
  const id = randomUUID()
  const head: BackupHead = backupHeadSchema.parse({
    ...{ format: backupFormat, id, createdAt: created.toISOString(), app: options.app },
  })
  const final = join(folder, `${baseName}-${id.slice(0, 8)}${ending}`)
  const file = final.slice(0, -ending.length) + partialEnding
  const handle = await open(file, 'wx', 0o600).catch((error: unknown) => {
    throw writeFailure(error)
  })
  const output = await openOutput(file, handle, protection).catch(async (error: unknown) => {
    await handle.close()
    await rm(file, { force: true })
    throw error
  })
  const time = Math.floor(created.getTime() / 1000)
  const tables: BackupTable[] = []
  const content = { hash: createHash('sha256'), bytes: 0 }
  let state: 'open' | 'finished' | 'published' | 'gone' = 'open'
  let told = 0

  async function put(bytes: Uint8Array): Promise<void> {
    if (signal.aborted) throw new AppError('CANCELLED')
    content.hash.update(bytes)
    content.bytes += bytes.length
    await output.write(bytes)
  }

  async function member(name: string, bytes: Uint8Array): Promise<void> {
    await put(encodeHeader({ name, size: bytes.length, time }))
    if (bytes.length > 0) await put(bytes)
    const gap = padding(bytes.length)
    if (gap > 0) await put(Buffer.alloc(gap))
  }

  const json = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
  const expect = (wanted: typeof state) => {
    if (state !== wanted) throw new AppError('INTERNAL', { reason: `a backup that is ${state}, not ${wanted}` })
  }

  async function* watched(source: Readable): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      if (signal.aborted) throw new AppError('CANCELLED')
      const bytes: Buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
      yield bytes
      told += bytes.length
      onProgress?.(told)
    }
  }

  await member(names.readme, Buffer.from(readme))
  await member(names.head, json(head))
  return {
    ...{ id, createdAt: head.createdAt, file, unlock: output.unlock },
    async addTable(given, source, onRows) {
      expect('open')
      const onAbort = () => source.destroy(new AppError('CANCELLED'))
      signal.addEventListener('abort', onAbort, { once: true })
      try {
        const table = tableHeadSchema.parse(given)
        const place = tableFolder(tables.length, table)
        await member(`${place}/table.json`, json(table))
        const onMember = (bytes: Buffer, index: number) => member(memberName(place, index), bytes)
        const figures = await pack(watched(source), onMember, onRows)
        const added: BackupTable = { ...table, ...figures }
        tables.push(added)
        return added
      } finally {
        signal.removeEventListener('abort', onAbort)
        source.destroy()
      }
    },
    async finish(rest) {
      expect('open')
      await member(names.loading, Buffer.from(loadingScript(tables)))
      const { hash, bytes } = content
      const manifest: Manifest = { ...head, ...rest, tables, content: { bytes, sha256: hash.copy().digest('hex') } }
      await member(names.manifest, sign(manifestSchema.parse(manifest)))
      await put(endOfTar)
      const written = await output.end()
      await handle.close()
      await flushFolder(file)
      state = 'finished'
      return { file, ...written }
    },
    async publish() {
      expect('finished')
      try {
        await giveName(file, final)
        state = 'published'
        await flushFolder(final)
        return final
      } catch (error) {
        throw writeFailure(error)
      }
    },
    async abandon() {
      if (state === 'published' || state === 'gone') return
      state = 'gone'
      await output.stop()
      await handle.close().catch(() => {})
      await rm(file, { force: true, maxRetries: 3 }).catch(() => {})
    },
  }
}

/** Renames without ever replacing a file: `rename` alone would. */
async function giveName(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw error
    // A file system without hard links, such as that of most memory sticks.
    const taken = await stat(to).then(
      () => true,
      () => false,
    )
    if (taken) throw new AppError('FILE_NOT_WRITTEN', { reason: 'EEXIST' })
    return rename(from, to)
  }
  await rm(from)
}
