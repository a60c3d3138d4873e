import { useTranslation } from 'react-i18next'
import { BarList } from '#renderer/ui/bar-list.tsx'
import { inks } from '#renderer/ui/inks.ts'
import { useFormat } from '#renderer/words.ts'
import type { DashboardFigures, StockProduct } from '#shared/dashboard.ts'
import { type ChartView, FigureChart } from './figure-chart.tsx'

interface StockCardProps extends ChartView {
  readonly figure: DashboardFigures['criticalStock']
}

/** What must be ordered, the most urgent first. */
export function StockCard({ figure, ...view }: StockCardProps) {
  const { t } = useTranslation('dashboard')
  const { integer, decimal } = useFormat()
  const { count, products } = figure.state === 'value' ? figure.value : { count: 0, products: [] }
  const sentences = [
    t('chart.stock.summary', { count, amount: integer(count) }),
    count > products.length ? t('chart.stock.more', { shown: integer(products.length) }) : '',
  ]
  // Whole pieces are numbers for a spreadsheet; half a litre is left as it is written.
  const whole = products.every(({ stock, minimum }) => Number.isSafeInteger(stock) && Number.isSafeInteger(minimum))
  const kind = whole ? 'integer' : 'text'
  const cell = (quantity: number) => (whole ? quantity : String(quantity))
  const level = ({ stock, minimum }: StockProduct) =>
    stock > 0
      ? t('chart.stock.level', { stock: decimal(stock, 2), minimum: decimal(minimum, 2) })
      : t('chart.stock.out', { minimum: decimal(minimum, 2) })
  return (
    <FigureChart
      {...view}
      title={t('chart.stock.title')}
      unit={t('chart.stock.unit')}
      summary={sentences.join(' ').trim()}
      figure={figure}
      names={['criticalStock']}
      empty={t('chart.stock.empty')}
      readable
      table={(value) => ({
        columns: [
          { title: t('chart.stock.product'), kind: 'text' },
          { title: t('chart.stock.stock'), kind },
          { title: t('chart.stock.minimum'), kind },
          { title: t('chart.stock.productUnit'), kind: 'text' },
        ],
        rows: value.products.map(({ name, stock, minimum, unit }) => [name, cell(stock), cell(minimum), unit]),
      })}
      chart={(value) => (
        <BarList
          label={t('card.list', { title: t('chart.stock.title') })}
          names="above"
          bars={value.products.map((product) => ({
            ...{ name: product.name, label: level(product), ink: inks.cancelled },
            share: product.minimum > 0 ? product.stock / product.minimum : 0,
          }))}
        />
      )}
    />
  )
}
