import type { Cell, CellKind, ExportedTable } from '#shared/export.ts'

/** Says to Excel that the rest is UTF-8; without it accents are read as Windows-1252. */
const bom = '\uFEFF'

/**
 * What a spreadsheet would run instead of show: a formula may hide behind blanks, behind characters of no width, and
 * behind the wide forms that some of them fold (`＝`). A tab or a line break at the beginning can push it into a cell
 * of its own.
 */
const formula = /^[\s\u200B-\u200D\u2060\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/

/**
 * A table as CSV by RFC 4180: comma, CRLF, quotes doubled, UTF-8 with its mark. The comma is the list separator
 * and the point the decimal sign of es-MX (and en-US), so Excel opens the file in columns by a double click; a line
 * `sep=,` would make it forget the UTF-8. Amounts and numbers are written bare (`84250.00`), percentages with their
 * sign (`71.4%`), dates as `2026-11-24`, which no language reads with day and month changed. Text that a
 * spreadsheet would take for a formula is preceded by an apostrophe; a number is one by its column.
 */
export function toCsv({ columns, rows }: Pick<ExportedTable, 'columns' | 'rows'>): string {
  const head = columns.map(({ title }) => written('text', title))
  const body = rows.map((row) => columns.map(({ kind }, at) => written(kind, row[at] ?? null)))
  return bom + [head, ...body].map((line) => `${line.join(',')}\r\n`).join('')
}

function written(kind: CellKind, cell: Cell): string {
  if (cell === null) return ''
  if (kind === 'percent') return `${plain(Number(cell))}%`
  if (kind === 'integer') return String(cell)
  if (kind === 'date') return String(cell).replace('T', ' ')
  return kind === 'money' ? String(cell) : quoted(neutral(String(cell)))
}

/** Spreadsheets do not all read `1e-7`. */
function plain(value: number): string {
  return value.toFixed(6).replace(/\.?0+$/, '')
}

function neutral(text: string): string {
  return formula.test(text) ? `'${text}` : text
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
