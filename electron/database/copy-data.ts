import type { Duplex } from 'node:stream'

export interface CopyListener {
  /** Something came from the server. */
  sign(): void
  /** Text of one or many rows, in order; the buffer is the listener's. */
  text(chunk: Buffer): void
}

/** The messages of the protocol that may stand between CopyOutResponse and the end. */
const code = { copyOut: 0x48, copyData: 0x64, notice: 0x4e, parameter: 0x53, notification: 0x41 } as const
const between: ReadonlySet<number> = new Set([code.copyOut, code.notice, code.parameter, code.notification])
const headerSize = 5

/**
 * Steps between a socket and node-postgres while a COPY runs: takes the rows out of their messages within each chunk,
 * without a copy or an object per row, and hands everything from the first other message on (done, error) back.
 */
export function unwrapCopyData(stream: Duplex, listener: CopyListener): void {
  const [original] = stream.listeners('data') as ((chunk: Buffer) => void)[]
  if (original === undefined) return
  /** The beginning of a message whose header is not complete. */
  let begun: Buffer | null = null
  /** Bytes of the current message still to come, and whether they are rows. */
  let left = 0
  let wanted = false

  function handBack(rest: Buffer): void {
    stream.off('data', onData)
    stream.on('data', original as (chunk: Buffer) => void)
    stream.resume()
    original?.(rest)
  }

  function onData(received: Buffer): void {
    listener.sign()
    const chunk = begun === null ? received : Buffer.concat([begun, received])
    begun = null
    let kept = 0
    let at = 0
    while (at < chunk.length) {
      if (left > 0) {
        const end = Math.min(at + left, chunk.length)
        // Nothing is read behind `at`, so that rows move together in the chunk that they came in.
        if (wanted) {
          chunk.copyWithin(kept, at, end)
          kept += end - at
        }
        left -= end - at
        at = end
        continue
      }
      if (chunk.length - at < headerSize) {
        begun = Buffer.from(chunk.subarray(at))
        break
      }
      const type = chunk[at] ?? 0
      wanted = type === code.copyData
      left = chunk.readUInt32BE(at + 1) - 4
      if (left < 0 || !(wanted || between.has(type))) {
        if (kept > 0) listener.text(chunk.subarray(0, kept))
        handBack(chunk.subarray(at))
        return
      }
      at += headerSize
    }
    if (kept > 0) listener.text(chunk.subarray(0, kept))
  }

  stream.off('data', original)
  stream.on('data', onData)
}
