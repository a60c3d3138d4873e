import { amountOf, monthly, twelveMonths } from './months.ts'
import { type Figures, listed, missing, type Question, unavailable } from './question.ts'

const figures = ['expensesByMonth', 'expensesByCategory'] as const
type Name = (typeof figures)[number]

/**
 * What the clinic has spent: `monto` of `gastos` by the month of `fecha_gasto`, in twelve months, this one included (a
 * month without expenses is 0), and by `categoria` within the chosen period, the largest first, ties by name. Blanks
 * around a category do not make another one.
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
    const gastos = schema.quoted('gastos')
    const byMonth = `SELECT date_trunc('month', fecha_gasto)::date AS month, NULL AS category, sum(monto::numeric) AS amount
        FROM ${gastos} WHERE ${within(1)} GROUP BY 1`
    const byName = `SELECT NULL, coalesce(btrim(categoria::text), ''), sum(monto::numeric)
        FROM ${gastos} WHERE ${within(3)} GROUP BY 2`
    const rows = await transaction.query<Row>(
      `SELECT month, category, round(amount, 2) AS amount
         FROM (${byMonth}${noCategory ? '' : ` UNION ALL ${byName}`}) AS spent
        WHERE amount IS NOT NULL ORDER BY spent.amount DESC, category`,
      noCategory ? [twelve.from, twelve.to] : [twelve.from, twelve.to, chosen.from, chosen.to],
    )
    return {
      expensesByMonth: monthly(
        twelve,
        rows.filter(({ month }) => month !== null),
      ),
      expensesByCategory: noCategory
        ? unavailable(noCategory)
        : byCategory(rows.filter(({ category }) => category !== null)),
    } satisfies Figures<Name>
  },
}

type Row = {
  readonly month: string | null
  readonly category: string | null
  readonly amount: unknown
}

/** A category without a single expense in the period is left out; one whose expenses sum to 0 is not. */
function byCategory(rows: readonly Row[]): Figures<Name>['expensesByCategory'] {
  const list = rows.map(({ category, amount }) => ({ category: category ?? '', amount: amountOf(amount) }))
  return listed(list, list.length === 0)
}
