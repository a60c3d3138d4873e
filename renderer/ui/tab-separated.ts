import type { Cell, CellKind, ExportedTable } from '#shared/export.ts'

/** What a spreadsheet would run instead of show, when it is pasted. */
const formula = /^[\s\u200B-\u200D\u2060\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/

/** A table as text for the clipboard: tabs between cells, numbers bare, texts that look like a formula neutralised. */
export function tabSeparated({ columns, rows }: ExportedTable): string {
  const head = columns.map(({ title }) => written('text', title))
  return [head, ...rows.map((row) => columns.map(({ kind }, at) => written(kind, row[at] ?? null)))]
    .map((cells) => cells.join('\t'))
    .join('\n')
}

function written(kind: CellKind, cell: Cell): string {
  if (cell === null) return ''
  if (kind !== 'text') return kind === 'percent' ? `${cell}%` : String(cell)
  const text = String(cell).replace(/[\t\r\n]+/g, ' ')
  return formula.test(text) ? `'${text}` : text
}
