import { useFormat } from '#renderer/words.ts'
import type { Cell, CellKind, ExportedTable } from '#shared/export.ts'
import type { Format } from '#shared/format.ts'
import { DataTable } from './data-table.tsx'

/** A table that can also be copied and saved, as text on the screen. */
export function ExportedTableView({ table, caption }: { readonly table: ExportedTable; readonly caption: string }) {
  const format = useFormat()
  const rows = table.rows.map(([name, ...values]): [string, ...string[]] => [
    shown(table.columns[0]?.kind, name ?? null, format),
    ...values.map((value, at) => shown(table.columns[at + 1]?.kind, value, format)),
  ])
  return <DataTable caption={caption} columns={table.columns.map(({ title }) => title)} rows={rows} />
}

function shown(kind: CellKind | undefined, cell: Cell, format: Format): string {
  if (cell === null) return ''
  if (kind === 'money') return format.money(String(cell))
  if (kind === 'integer') return format.integer(Number(cell))
  if (kind === 'percent') return format.percent(Number(cell) / 100, 1)
  return kind === 'date' ? format.day(String(cell)) : String(cell)
}
