import { type Encoding, encodingOf } from './decode.ts'
import type { Scanner } from './scanner.ts'

/** Bytes of one piece: enough that reading costs little, few enough to stay in the processor's cache. */
export const chunk = 512 * 1024

const newline = 10

/** Cuts bytes into whole lines for the scanner; holds one piece at most, so memory stays flat. */
export interface Intake {
  /** Where the next bytes go. */
  room(): Buffer
  /** As many bytes were put there. */
  commit(bytes: number): void
  /** Takes what has no line's end yet as a line: its writer has stopped. */
  flush(): void
  /** Whether a line has begun and not ended. */
  partial(): boolean
  encoding(): Encoding
  /** Where the next byte will stand, over everything that was read. */
  position(): number
  /** Another file begins. */
  reset(): void
}

/** Hands whole lines to `scanner`. `onRead` hears how many bytes came. */
export function createIntake(scanner: Scanner, onRead: (bytes: number) => void): Intake {
  const buffer = Buffer.allocUnsafeSlow(2 * chunk)
  let held = 0
  let base = 0
  let started = false
  let encoding: Encoding = 'bytes'
  /** A line longer than a piece, or one that was taken before its end came: its rest is passed over. */
  let passing = false

  const unit = () => (encoding === 'utf16' ? 2 : 1)
  /** One byte for each character; what a byte cannot hold is no letter that the scanner looks for. */
  const bytesOf = (length: number) =>
    encoding === 'utf16'
      ? Buffer.from(buffer.toString('utf16le', 0, length & ~1), 'latin1')
      : buffer.subarray(0, length)

  function keep(from: number, total: number): void {
    if (from > 0) buffer.copyWithin(0, from, total)
    held = total - from
    base += from
  }

  function take(): void {
    if (passing) {
      const end = bytesOf(held).indexOf(newline)
      if (end === -1) {
        keep(whole(held), held)
        return
      }
      passing = false
      keep((end + 1) * unit(), held)
    }
    const bytes = bytesOf(held)
    const last = bytes.lastIndexOf(newline)
    if (last !== -1) {
      scanner.feed(bytes, last + 1, base, unit())
      keep((last + 1) * unit(), held)
    } else if (held >= chunk) takeUnended(bytes)
  }

  function takeUnended(bytes: Buffer): void {
    // The hole that a truncation leaves: it is no line, and the one after it must not be lost.
    if (bytes.every((byte) => byte === 0)) {
      keep(whole(held), held)
      return
    }
    scanner.feed(Buffer.concat([bytes, Buffer.of(newline)]), bytes.length + 1, base, unit())
    passing = true
    keep(whole(held), held)
  }

  /** Half a character of UTF-16 waits for its other half. */
  function whole(total: number): number {
    return encoding === 'utf16' ? total & ~1 : total
  }

  return {
    room: () => buffer.subarray(held, held + chunk),
    commit(bytes) {
      if (bytes === 0) return
      held += bytes
      if (!started && held >= 2) {
        started = true
        encoding = encodingOf(buffer.subarray(0, held))
      }
      onRead(bytes)
      take()
    },
    flush() {
      if (held > 0 && !passing) takeUnended(bytesOf(held))
    },
    partial: () => held > 0 && !passing,
    encoding: () => encoding,
    position: () => base + held,
    reset() {
      base += held
      held = 0
      started = false
      encoding = 'bytes'
      passing = false
      scanner.reset()
    },
  }
}
