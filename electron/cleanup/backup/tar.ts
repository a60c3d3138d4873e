/** Bytes of a tar block: headers are one, contents are filled up to a multiple. */
export const block = 512

export interface TarHeader {
  readonly name: string
  /** Bytes of the content. */
  readonly size: number
  /** Seconds since the epoch. */
  readonly time: number
}

/**
 * The one header there is for a name, a size and a time: a POSIX ustar file, mode 0600, owner 0. A reader makes it again
 * and compares, so that no byte of a header can differ unseen. Names are ours: ASCII, at most 100 characters.
 */
export function encodeHeader({ name, size, time }: TarHeader): Buffer {
  if (!/^[\x21-\x7e]{1,100}$/.test(name)) throw new RangeError('a name that does not fit into a tar header')
  const header = Buffer.alloc(block)
  const put = (text: string, at: number) => header.write(text, at, 'latin1')
  put(name, 0)
  put('0000600\0', 100)
  put('0000000\0', 108)
  put('0000000\0', 116)
  put(`${octal(size)}\0`, 124)
  put(`${octal(time)}\0`, 136)
  put('        ', 148)
  put('0', 156)
  put('ustar\x0000', 257)
  put(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  )
  return header
}

/** Eleven octal digits: up to 8 GiB for a size, and to the year 2242 for a time. */
function octal(value: number): string {
  const digits = value.toString(8)
  if (!Number.isSafeInteger(value) || value < 0 || digits.length > 11)
    throw new RangeError('too large for a tar header')
  return digits.padStart(11, '0')
}

/** The header in a block; null when it is not, byte for byte, what `encodeHeader` makes. */
export function decodeHeader(bytes: Buffer): TarHeader | null {
  const text = (from: number, to: number) => bytes.toString('latin1', from, to).replace(/\0.*$/s, '')
  const [size, time] = [text(124, 136), text(136, 148)]
  if (!/^[0-7]{11}$/.test(size) || !/^[0-7]{11}$/.test(time)) return null
  const header = { name: text(0, 100), size: Number.parseInt(size, 8), time: Number.parseInt(time, 8) }
  if (!/^[\x21-\x7e]{1,100}$/.test(header.name)) return null
  return encodeHeader(header).equals(bytes) ? header : null
}

/** The zeros that fill a content of `size` bytes up to whole blocks. */
export function padding(size: number): number {
  return (block - (size % block)) % block
}

/** The two empty blocks that end a tar. */
export const endOfTar: Buffer = Buffer.alloc(2 * block)
