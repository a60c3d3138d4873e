import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { AppError } from '#shared/errors.ts'
import { memberName, memberText, tableFolder } from './layout.ts'
import { type BackupTable, type TableHead, tableHeadSchema } from './manifest.ts'
import { countLines } from './pack.ts'
import type { TarHeader } from './tar.ts'

const decompress = promisify(gunzip)

/** A tar member: its header, and its content when it is asked for (at most `limit` bytes). */
export interface Member {
  readonly header: TarHeader
  read(limit: number): Promise<Buffer>
}

const headLimit = 4 * 1024 * 1024
/** gzip never makes text longer than this. */
const packedLimit = memberText + memberText / 16

/** A damaged backup, and the part of it that shows it. */
export const damaged = (where: string) => new AppError('BACKUP_DAMAGED', { where })

/** The head in `table.json` of the table at `index`, whose folder must be the one that its own content makes. */
export async function readTableHead(member: Member, index: number): Promise<{ head: TableHead; folder: string }> {
  const head = tableHeadSchema.safeParse(parseJson(await member.read(headLimit), 'table'))
  if (!head.success) throw damaged('table')
  const folder = tableFolder(index, head.data)
  if (member.header.name !== `${folder}/table.json`) throw damaged('order')
  return { head: head.data, folder }
}

/**
 * The COPY text of a table, member by member, until one comes that is not its own, which is kept for the caller as
 * `table.following`. No member gives more than its fixed share of text: a bomb is `BACKUP_TOO_LARGE`, and costs nothing.
 */
export function readTable(head: TableHead, folder: string, next: () => Promise<Member>) {
  const hash = createHash('sha256')
  let [rows, bytes, members] = [0, 0, 0]
  let following: Member | null = null
  let last = memberText

  async function* text(): AsyncGenerator<Buffer> {
    for (;;) {
      const member = await next()
      if (!member.header.name.startsWith(`${folder}/`)) {
        following = member
        return
      }
      if (member.header.name !== memberName(folder, members) || last !== memberText) throw damaged('order')
      const piece = await unpacked(await member.read(packedLimit))
      hash.update(piece)
      rows += countLines(piece)
      bytes += piece.length
      last = piece.length
      members++
      yield piece
    }
  }

  return {
    text: text(),
    /** What was read, and the member behind it; only after the text has ended. */
    end(): { readonly table: BackupTable; readonly following: Member } {
      if (following === null) throw new AppError('INTERNAL', { reason: 'a table that was not read to its end' })
      return { table: { ...head, rows, bytes, sha256: hash.digest('hex'), members }, following }
    },
  }
}

async function unpacked(packed: Buffer): Promise<Buffer> {
  let text: Buffer
  try {
    text = await decompress(packed, { maxOutputLength: memberText, chunkSize: memberText / 4 })
  } catch (error) {
    const bomb = error instanceof RangeError
    throw bomb ? new AppError('BACKUP_TOO_LARGE', { where: 'member' }) : damaged('member')
  }
  if (text.length === 0) throw damaged('member')
  return text
}

/** JSON of the file as a value that nobody has checked yet. */
export function parseJson(bytes: Buffer, where: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw damaged(where)
  }
}
