import { createHash, type Hash } from 'node:crypto'
import { AppError } from '#shared/errors.ts'

/** The bytes of a stream, taken in exact pieces; never more than one of its chunks lies in memory beyond that. */
export interface Input {
  /** Exactly `size` bytes, or `BACKUP_INCOMPLETE`. */
  take(size: number): Promise<Buffer>
  /** Bytes taken so far, and a copy of the running digest of them. */
  sofar(): { readonly bytes: number; readonly hash: Hash }
  /** Whether nothing is left. */
  atEnd(): Promise<boolean>
}

export function openInput(source: AsyncIterable<Uint8Array>): Input {
  const chunks = source[Symbol.asyncIterator]()
  const hash = createHash('sha256')
  let current: Buffer = Buffer.alloc(0)
  let bytes = 0
  let ended = false

  /** False at the end. */
  async function more(): Promise<boolean> {
    while (current.length === 0 && !ended) {
      const { value, done } = await chunks.next()
      if (done) ended = true
      else current = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    }
    return current.length > 0
  }

  return {
    async take(size) {
      const parts: Buffer[] = []
      for (let missing = size; missing > 0; ) {
        if (!(await more())) throw new AppError('BACKUP_INCOMPLETE')
        const part = current.subarray(0, missing)
        current = current.subarray(part.length)
        missing -= part.length
        parts.push(part)
      }
      const [only] = parts
      const taken = parts.length === 1 && only ? only : Buffer.concat(parts, size)
      hash.update(taken)
      bytes += size
      return taken
    },
    sofar: () => ({ bytes, hash: hash.copy() }),
    atEnd: async () => !(await more()),
  }
}
