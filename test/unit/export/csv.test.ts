import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toCsv } from '#electron/export/csv.ts'
import { type Cell, type CellKind, type ExportedTable, tableSchema } from '#shared/export.ts'

const seed = Number(process.env.PODOSKIN_SEED ?? 20_261_124)
const runs = process.env.PODOSKIN_LONG ? 20_000 : 500

/** RFC 4180 as it is written, apart from the product: records end in CRLF, quotes are doubled inside quotes. */
function parse(text: string): string[][] {
  const records: string[][] = []
  let record: string[] = []
  let at = 0
  while (at < text.length) {
    let field = ''
    if (text[at] === '"') {
      at++
      for (;;) {
        if (at >= text.length) throw new Error('a quoted field that never ends')
        if (text[at] !== '"') field += text[at++]
        else if (text[at + 1] === '"') {
          field += '"'
          at += 2
        } else {
          at++
          break
        }
      }
    } else {
      while (at < text.length && text[at] !== ',' && text[at] !== '\r') {
        if (text[at] === '"' || text[at] === '\n') throw new Error('a bare quote or line feed')
        field += text[at++]
      }
    }
    record.push(field)
    if (text[at] === ',') at++
    else if (text.startsWith('\r\n', at)) {
      at += 2
      records.push(record)
      record = []
      continue
    } else throw new Error(`nothing may stand at ${at}`)
    if (at === text.length) throw new Error('a record that ends in a comma')
  }
  return records
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({
    unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', ' ', '"', ',', ';', "'", 'ñ', 'A1', '＝', '\u200B'),
    maxLength: 8,
  }),
)
const cells: Readonly<Record<CellKind, fc.Arbitrary<Cell>>> = {
  text: text.filter((value) => !value.includes('\0')),
  integer: fc.maxSafeInteger(),
  money: fc
    .tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 99 }))
    .map(([whole, cents]) => `${whole}.${String(cents).padStart(2, '0')}`),
  percent: fc.integer({ min: -99_999, max: 99_999 }).map((tenths) => tenths / 10),
  date: fc
    .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
}
const kinds = Object.keys(cells) as CellKind[]

const table: fc.Arbitrary<ExportedTable> = fc
  .array(fc.record({ title: cells.text as fc.Arbitrary<string>, kind: fc.constantFrom(...kinds) }), {
    minLength: 1,
    maxLength: 6,
  })
  .chain((columns) =>
    fc
      .array(fc.tuple(...columns.map(({ kind }) => fc.option(cells[kind], { freq: 8 }))), { maxLength: 8 })
      .map((rows) => ({ title: 'T', columns, rows })),
  )

/** What a spreadsheet runs: judged on the cell as it reads it, numbers apart. */
const runsInASpreadsheet = (cell: string) =>
  /^[\s\u200B-\u200D\u2060\uFEFF]*[=+\-@＝＋－＠]/.test(cell) || /^[\t\r\n]/.test(cell)

describe('a CSV table', () => {
  it('reads back as what was written, cell by cell', () => {
    fc.assert(
      fc.property(table, (given) => {
        const csv = toCsv(tableSchema.parse(given))
        expect(csv.startsWith('\uFEFF')).toBe(true)
        const [head = [], ...body] = parse(csv.slice(1))
        expect(head.map((title) => title.replace(/^'/, ''))).toEqual(
          given.columns.map(({ title }) => title.replace(/^'/, '')),
        )
        expect(body).toHaveLength(given.rows.length)
        given.rows.forEach((row, line) => {
          row.forEach((cell, at) => {
            const read = body[line]?.[at] ?? 'missing'
            const kind = given.columns[at]?.kind
            if (cell === null) expect(read).toBe('')
            else if (kind === 'integer') expect(Number(read)).toBe(cell)
            else if (kind === 'percent') expect(Number(read.replace(/%$/, ''))).toBeCloseTo(Number(cell), 6)
            else if (kind === 'text') expect([cell, `'${cell}`]).toContain(read)
            else expect(read).toBe(cell)
          })
        })
      }),
      { seed, numRuns: runs },
    )
  })

  it('has no cell of text that a spreadsheet would run, whatever a patient is called', () => {
    fc.assert(
      fc.property(table, (given) => {
        const [head = [], ...body] = parse(toCsv(given).slice(1))
        expect(head.filter(runsInASpreadsheet)).toEqual([])
        for (const record of body) {
          expect(record.filter((cell, at) => given.columns[at]?.kind === 'text' && runsInASpreadsheet(cell))).toEqual(
            [],
          )
        }
      }),
      { seed, numRuns: runs },
    )
  })

  const one = (kind: CellKind, cell: Cell) =>
    toCsv({ columns: [{ title: 'a', kind }], rows: [[cell]] }).split('\r\n')[1]

  it.each([
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-2+3', "'-2+3"],
    ['+52 686 555 0102', "'+52 686 555 0102"],
    ['\t=1', "'\t=1"],
    [' =1', "' =1"],
    ['Núñez, María', '"Núñez, María"'],
    ['José "Pepe"', '"José ""Pepe"""'],
    ['a\r\nb', '"a'],
  ])('writes the text %j as %j', (cell, written) => {
    expect(one('text', cell)).toBe(written)
  })

  it('leaves numbers bare, also below zero, so that a sum works', () => {
    expect(one('money', '-84250.00')).toBe('-84250.00')
    expect(one('integer', -3)).toBe('-3')
    expect(one('percent', 71.4)).toBe('71.4%')
    expect(one('percent', 1e-7)).toBe('0%')
    expect(one('date', '2026-11-24')).toBe('2026-11-24')
    expect(one('date', '2026-11-24T14:05:00')).toBe('2026-11-24 14:05:00')
  })
})

describe('a table that the page sends', () => {
  const sent = (kind: CellKind, cell: unknown) =>
    tableSchema.safeParse({ title: 'T', columns: [{ title: 'a', kind }], rows: [[cell]] }).success

  it.each([
    ['integer', '=1'],
    ['integer', 1.5],
    ['money', '=1'],
    ['money', '1e5'],
    ['money', 12],
    ['percent', '5'],
    ['percent', Number.POSITIVE_INFINITY],
    ['date', '=1+1'],
    ['date', '24/11/2026'],
    ['text', 5],
    ['text', 'a\0b'],
  ] as const)('is refused with a cell of %s that is %j', (kind, cell) => {
    expect(sent(kind, cell)).toBe(false)
  })

  it('is refused when a row is longer or shorter than its columns, or when there is too much', () => {
    const columns = [{ title: 'a', kind: 'text' as const }]
    expect(tableSchema.safeParse({ title: 'T', columns, rows: [[]] }).success).toBe(false)
    expect(tableSchema.safeParse({ title: 'T', columns, rows: [['a', 'b']] }).success).toBe(false)
    expect(tableSchema.safeParse({ title: 'T', columns, rows: Array(20_001).fill(['a']) }).success).toBe(false)
    expect(tableSchema.safeParse({ title: 'T', columns, rows: [['a']], path: '/etc/x' }).success).toBe(false)
  })
})
