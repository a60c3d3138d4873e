import { amountOf, monthly, twelveMonths } from './months.ts'
import { type Figures, listed, missing, type Question, unavailable } from './question.ts'

const figures = ['expensesByMonth', 'expensesByCategory'] as const
type Name = (typeof figures)[number]

/**
 * What the clinic has spent: `monto` of `gastos` by the month of `fecha_gasto`, in twelve months, this one included (a
 * month without expenses is 0), and by `categoria` within the chosen period, the largest first, ties by name. Blanks
 * around a category do not make another one. One pass over `gastos`.
 */
export const expenses: Question<Name> = {
  figures,
  tables: ['gastos'],
  async ask({ transaction, schema, periods, chosen }) {
    const noMonths = missing(schema, { gastos: ['monto', 'fecha_gasto'] })
    const noCategory = missing(schema, { gastos: ['monto', 'fecha_gasto', 'categoria'] })
    if (noMonths) return { expensesByMonth: unavailable(noMonths), expensesByCategory: unavailable(noMonths) }
    const twelve = twelveMonths(periods.today)
    const within = (at: number) => `fecha_gasto >= $${at}::timestamp AND fecha_gasto < $${at + 1}::timestamp`
    const rows = await transaction.query<Row>(
      `SELECT month::date::text AS month, category, grouping(month) = 0 AS of_month,
              round(sum(amount) FILTER (WHERE recent), 2)::text AS recent,
              round(sum(amount) FILTER (WHERE asked), 2)::text AS asked
         FROM (SELECT date_trunc('month', fecha_gasto) AS month, monto::numeric AS amount,
                      ${noCategory ? "''" : `coalesce(btrim(categoria::text), '')`} AS category,
                      ${within(1)} AS recent, ${within(3)} AS asked
                 FROM ${schema.quoted('gastos')} WHERE (${within(1)}) OR (${within(3)})) AS spent
        GROUP BY GROUPING SETS ((month), (category))
        ORDER BY sum(amount) FILTER (WHERE asked) DESC, category`,
      [twelve.from, twelve.to, chosen.from, chosen.to],
    )
    const months = rows.filter((row) => row.of_month && row.recent !== null)
    return {
      expensesByMonth: monthly(
        twelve,
        months.map(({ month, recent }) => ({ month, amount: recent })),
      ),
      expensesByCategory: noCategory ? unavailable(noCategory) : byCategory(rows.filter((row) => !row.of_month)),
    } satisfies Figures<Name>
  },
}

type Row = {
  readonly month: string | null
  readonly category: string | null
  readonly of_month: boolean
  readonly recent: unknown
  readonly asked: unknown
}

/** A category without a single expense in the period is left out; one whose expenses sum to 0 is not. */
function byCategory(rows: readonly Row[]): Figures<Name>['expensesByCategory'] {
  const list = rows.flatMap(({ category, asked }) =>
    asked === null ? [] : [{ category: category ?? '', amount: amountOf(asked) }],
  )
  return listed(list, list.length === 0)
}
