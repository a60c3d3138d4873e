import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { AppError } from '#shared/errors.ts'
import { deliver } from './deliver.ts'
import { codeOf } from './disk.ts'
import { decrypt } from './encryption.ts'
import { type Input, openInput } from './input.ts'
import { loadingScript, names } from './layout.ts'
import {
  type BackupHead,
  type BackupTable,
  backupFormat,
  backupHeadSchema,
  type Manifest,
  manifestSchema,
} from './manifest.ts'
import { unsign } from './signed.ts'
import { damaged, type Member, parseJson, readTable, readTableHead } from './tables.ts'
import { block, decodeHeader, padding } from './tar.ts'
import type { ReadOptions, ReadResult, Unlock } from './types.ts'

/** What an age file begins with. */
export const ageMagic = Buffer.from('age-encryption.org/v1\n')
/** An age header of ours has under 300 bytes; nobody makes us search more than this for its end. */
const ageHeaderLimit = 64 * 1024
const readmeLimit = 64 * 1024
const manifestLimit = 64 * 1024 * 1024
const piece = 1024 * 1024

/**
 * Reads a backup once, from the first byte to the last, and believes nothing: every byte is either what the format
 * dictates or covered by a digest; names of the file are never used as paths or in SQL; memory does not depend on
 * what the file says. Throws `BACKUP_UNREADABLE`, `BACKUP_KEY_REQUIRED`, `BACKUP_KEY_INVALID`, `BACKUP_WRONG_KEY`,
 * `BACKUP_INCOMPLETE`, `BACKUP_DAMAGED`, `BACKUP_UNKNOWN_FORMAT`, `BACKUP_TOO_LARGE`, `CANCELLED`, and whatever
 * `onTable` threw.
 */
export async function readBackup(file: string, unlock: Unlock, options: ReadOptions = {}): Promise<ReadResult> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    throw unreadable(error)
  })
  const hash = createHash('sha256')
  try {
    const { size } = await handle.stat()
    const tar = await opened(fileBytes(handle, size, hash, options), unlock)
    const manifest = await readTar(openInput(tar.plain), options.onTable)
    return { manifest, unlock: tar.unlock, bytes: size, sha256: hash.digest('hex') }
  } finally {
    await handle.close().catch(() => {})
  }
}

const unreadable = (error: unknown) =>
  new AppError('BACKUP_UNREADABLE', { reason: codeOf(error) }, error instanceof Error ? { cause: error } : {})

async function* fileBytes(
  handle: FileHandle,
  size: number,
  hash: ReturnType<typeof createHash>,
  { signal, onProgress }: ReadOptions,
): AsyncGenerator<Uint8Array> {
  for (let done = 0; ; ) {
    if (signal?.aborted) throw new AppError('CANCELLED')
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafeSlow(piece), 0, piece, done).catch((error) => {
      throw unreadable(error)
    })
    if (bytesRead === 0) return
    const chunk = buffer.subarray(0, bytesRead)
    hash.update(chunk)
    done += bytesRead
    onProgress?.(done, Math.max(size, done))
    yield chunk
  }
}

interface Tar {
  readonly plain: AsyncIterable<Uint8Array>
  readonly unlock: Unlock
}

/** The tar inside: as it is, or decrypted. */
async function opened(source: AsyncGenerator<Uint8Array>, unlock: Unlock): Promise<Tar> {
  const { value: first = new Uint8Array() } = await source.next()
  const start = Buffer.from(first.buffer, first.byteOffset, first.byteLength)
  const whole = async function* () {
    yield start
    yield* source
  }
  if (start.length < ageMagic.length) throw new AppError('BACKUP_INCOMPLETE')
  if (!start.subarray(0, ageMagic.length).equals(ageMagic)) {
    // Who has the key expects an encrypted file: one that is not may have been put in its place.
    if (unlock !== null) throw new AppError('BACKUP_WRONG_KEY', { reason: 'not encrypted' })
    return { plain: whole(), unlock }
  }
  if (unlock === null) throw new AppError('BACKUP_KEY_REQUIRED')
  if (!start.subarray(0, ageHeaderLimit).includes('\n--- ')) throw damaged('header')
  const decrypted = await decrypt(pulled(whole()), unlock)
  return { plain: authentic(decrypted.plain), unlock: decrypted.unlock }
}

/** A web stream that takes nothing before it is asked. */
function pulled(source: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      async pull(controller) {
        const { value, done } = await source.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: () => source.return(undefined).then(() => {}),
    },
    { highWaterMark: 0 },
  )
}

/** What fails in the middle of an age stream is its seal, unless it was the file or the person. */
async function* authentic(plain: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* plain as unknown as AsyncIterable<Uint8Array>
  } catch (error) {
    throw error instanceof AppError ? error : damaged('seal')
  }
}

async function readTar(input: Input, onTable: ReadOptions['onTable']): Promise<Manifest> {
  let time: number | null = null
  let before = input.sofar()

  async function next(): Promise<Member> {
    before = input.sofar()
    const header = decodeHeader(await input.take(block))
    if (header === null || header.time !== (time ?? header.time)) throw damaged('member header')
    time = header.time
    return {
      header,
      async read(limit) {
        if (header.size > limit) throw new AppError('BACKUP_TOO_LARGE', { where: 'member' })
        const content = await input.take(header.size)
        if (!(await input.take(padding(header.size))).every((byte) => byte === 0)) throw damaged('padding')
        return content
      },
    }
  }

  const head = await readHead(next)
  const tables: BackupTable[] = []
  let member = await next()
  while (member.header.name.startsWith('tables/')) {
    const { head: tableHead, folder } = await readTableHead(member, tables.length)
    const reading = readTable(tableHead, folder, next)
    await deliver(reading.text, onTable && ((rows) => onTable(tableHead, rows)))
    const { table, following } = reading.end()
    tables.push(table)
    member = following
  }
  const loading = Buffer.from(loadingScript(tables))
  if (member.header.name !== names.loading || !(await member.read(loading.length)).equals(loading))
    throw damaged('order')
  member = await next()
  const { bytes, hash } = before
  if (member.header.name !== names.manifest) throw damaged('order')
  const manifest = manifestSchema.safeParse(unsign(await member.read(manifestLimit)))
  if (!manifest.success) throw damaged('manifest')
  const { data } = manifest
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
  if (!same(backupHeadSchema.strip().parse(data), head) || !same(data.tables, tables)) throw damaged('manifest')
  if (data.content.bytes !== bytes || data.content.sha256 !== hash.digest('hex')) throw damaged('content')
  if (!(await input.take(2 * block)).every((byte) => byte === 0)) throw damaged('end')
  if (!(await input.atEnd())) throw damaged('appended')
  return data
}

async function readHead(next: () => Promise<Member>): Promise<BackupHead> {
  const readme = await next().catch((error: unknown) => {
    // The very first block is not one of ours: another kind of file.
    throw error instanceof AppError && error.params.where === 'member header'
      ? new AppError('BACKUP_UNKNOWN_FORMAT')
      : error
  })
  if (readme.header.name !== names.readme) throw new AppError('BACKUP_UNKNOWN_FORMAT')
  await readme.read(readmeLimit)
  const member = await next()
  if (member.header.name !== names.head) throw damaged('order')
  const value = parseJson(await member.read(readmeLimit), 'head')
  const format = typeof value === 'object' && value !== null && 'format' in value ? value.format : null
  if (typeof format === 'number' && format !== backupFormat) throw new AppError('BACKUP_UNKNOWN_FORMAT', { format })
  const head = backupHeadSchema.safeParse(value)
  if (!head.success) throw damaged('head')
  return head.data
}
