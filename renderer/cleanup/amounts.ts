import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/words.ts'

/** Counted things in words: `1,204 filas`, `1 tabla`. */
export function useAmounts() {
  const { t } = useTranslation('cleanup')
  const { integer } = useFormat()
  const of = (thing: 'rows' | 'tables' | 'columns' | 'patients' | 'users' | 'sessions', count: number) =>
    t(`amount.${thing}`, { count, amount: integer(count) })
  return {
    of,
    rowsIn: (rows: number, tables: number) => t('amount.in', { what: of('rows', rows), where: of('tables', tables) }),
    columnsIn: (columns: number, tables: number) =>
      t('amount.in', { what: of('columns', columns), where: of('tables', tables) }),
  }
}

/** A time a person can weigh: `0.4 s`, `12 s`, `3 min`. */
export function useDuration(): (milliseconds: number) => string {
  const { t } = useTranslation('cleanup')
  const { decimal } = useFormat()
  return (milliseconds) => {
    if (milliseconds < 1000) return t('time.milliseconds', { value: decimal(milliseconds, 0) })
    if (milliseconds < 120_000) return t('time.seconds', { value: decimal(milliseconds / 1000, 1) })
    return t('time.minutes', { value: decimal(milliseconds / 60_000, 1) })
  }
}
