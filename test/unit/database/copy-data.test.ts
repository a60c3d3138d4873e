import { PassThrough } from 'node:stream'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unwrapCopyData } from '#electron/database/copy-data.ts'

function message(type: string, content: Uint8Array): Buffer {
  const header = Buffer.alloc(5)
  header.write(type, 'latin1')
  header.writeUInt32BE(content.length + 4, 1)
  return Buffer.concat([header, content])
}

/** What the rows and node-postgres get when the server's words come in pieces of these sizes. */
function take(words: Buffer, sizes: readonly number[]): { text: Buffer; rest: Buffer; chunks: number } {
  const stream = new PassThrough()
  const [text, rest]: Buffer[][] = [[], []]
  stream.on('data', (chunk: Buffer) => rest?.push(chunk))
  unwrapCopyData(stream, { sign() {}, text: (chunk) => void text?.push(chunk) })
  for (let at = 0, turn = 0; at < words.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1
    stream.emit('data', Buffer.from(words.subarray(at, at + size)))
    at += size
  }
  return { text: Buffer.concat(text ?? []), rest: Buffer.concat(rest ?? []), chunks: text?.length ?? 0 }
}

const rows = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 40 })
const noise = fc.constantFrom('N', 'S', 'A')

test('rows come out of their messages however the network cuts them, and the rest goes to node-postgres', () => {
  fc.assert(
    fc.property(rows, noise, fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 }), (each, other, sizes) => {
      const between = message(other, Buffer.from('said by the way'))
      const after = Buffer.concat([
        message('c', Buffer.alloc(0)),
        message('C', Buffer.from('COPY 3\0')),
        message('Z', Buffer.from('T')),
      ])
      const words = Buffer.concat([
        message('H', Buffer.alloc(3)),
        ...each.flatMap((row) => [message('d', row), between]),
        after,
      ])
      const { text, rest } = take(words, sizes)
      expect(text.equals(Buffer.concat(each))).toBe(true)
      expect(rest.equals(after)).toBe(true)
    }),
    { seed: 5 },
  )
})

test('an error in the middle, and a length that is none, go to node-postgres too', () => {
  const row = message('d', Buffer.from('1\t2\n'))
  const failure = message('E', Buffer.from('SERROR\0'))
  expect(take(Buffer.concat([row, failure]), [3])).toMatchObject({ text: Buffer.from('1\t2\n'), rest: failure })
  const broken = Buffer.from([0x64, 0, 0, 0, 1, 9])
  expect(take(broken, [6])).toMatchObject({ text: Buffer.alloc(0), rest: broken })
})

test('many rows of one chunk stay one chunk', () => {
  const words = Buffer.concat(Array.from({ length: 1_000 }, () => message('d', Buffer.from('row\n'))))
  expect(take(words, [words.length]).chunks).toBe(1)
})
