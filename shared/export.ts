import { z } from 'zod'

/** What a cell of a column is, so that it is written as that and never taken for anything else. */
export const cellKinds = ['text', 'integer', 'money', 'percent', 'date'] as const
export type CellKind = (typeof cellKinds)[number]

/** Null is an empty cell. Money is a decimal string, a date `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM[:SS]`, percent 71.4 for 71.4 %. */
export type Cell = string | number | null

const mostRows = 20_000
const mostColumns = 40

const text = (max: number) =>
  z
    .string()
    .max(max)
    // NUL ends a text for half of the programs that read CSV.
    .regex(/^[^\0]*$/)

const patterns: Readonly<Partial<Record<CellKind, RegExp>>> = {
  money: /^-?\d{1,15}(\.\d{1,2})?$/,
  date: /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?$/,
}

/** Whether a value is what its column says: a text in a column of numbers would escape the neutralising of formulas. */
export function isCellOf(kind: CellKind, cell: Cell): boolean {
  if (cell === null) return true
  if (kind === 'integer') return Number.isSafeInteger(cell)
  if (kind === 'percent') return typeof cell === 'number'
  return typeof cell === 'string' && (patterns[kind]?.test(cell) ?? true)
}

export const tableSchema = z
  .object({
    /** What the table is called on the screen; it names the file. */
    title: text(120).min(1),
    columns: z
      .array(z.object({ title: text(120), kind: z.enum(cellKinds) }).strict())
      .min(1)
      .max(mostColumns),
    rows: z.array(z.array(z.union([text(2_000), z.number(), z.null()])).max(mostColumns)).max(mostRows),
  })
  .strict()
  .superRefine(({ columns, rows }, context) => {
    const wrong = rows.findIndex(
      (row) =>
        row.length !== columns.length ||
        !columns.every(({ kind }, at) => isCellOf(kind, row[at] === undefined ? null : row[at])),
    )
    if (wrong >= 0) context.addIssue({ code: 'custom', path: ['rows'], params: { rule: 'cells' } })
  })
export type ExportedTable = z.infer<typeof tableSchema>

/** The page prints itself only when everything on it has loaded; main adds clinic, zone, author and date. */
export const printSchema = z
  .object({
    title: text(120).min(1),
    /** The period on the screen in the words of the page, such as `últimos 30 días`; null where there is none. */
    range: text(120).min(1).nullable(),
    /** When the figures were taken, in the clinic's civil time `YYYY-MM-DDTHH:MM:SS`; null where they carry no moment. */
    takenAt: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/)
      .nullable(),
    orientation: z.enum(['portrait', 'landscape']).default('landscape'),
    /**
     * How wide the page is laid out now, in its own pixels (`document.documentElement.clientWidth`): the sheet is as
     * wide, because charts would not draw themselves anew for another width before they are printed.
     */
    width: z.number().int().min(320).max(8_000),
  })
  .strict()
export type PrintedPage = z.infer<typeof printSchema>

/** A person who changes their mind has not failed. `file` is the name alone, never where it lies. */
export type ExportResult = { readonly saved: true; readonly file: string } | { readonly saved: false }

/** The plan of a cleanup, as the files it can become. */
export interface ExportedPlan {
  /** What a file of it is called. */
  readonly title: string
  readonly json: string
  readonly text: string
}
