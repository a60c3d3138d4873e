import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/words.ts'
import type { IndexAdvice } from '#shared/indexes.ts'

/** What an index is about and weighs, in the language on screen. */
export function useIndexWords() {
  const { t } = useTranslation('indexes')
  const { t: dashboard } = useTranslation('dashboard')
  const { decimal, list } = useFormat()
  const size = (bytes: number) => {
    if (bytes < 1024 ** 2) return t('bytes.kilo', { value: decimal(bytes / 1024, 0) })
    if (bytes < 1024 ** 3) return t('bytes.mega', { value: decimal(bytes / 1024 ** 2, 1) })
    return t('bytes.giga', { value: decimal(bytes / 1024 ** 3, 1) })
  }
  return {
    size,
    name: ({ id }: Pick<IndexAdvice, 'id'>) => t(`name.${id}`),
    serves: ({ serves }: IndexAdvice) => list(serves.map((figure) => dashboard(`names.${figure}`))),
    columns: ({ table, columns, includes, where }: IndexAdvice) => {
      const searched = t('columns', { table, columns: columns.join(', ') })
      const carried =
        includes.length === 0 ? searched : t('including', { columns: searched, includes: includes.join(', ') })
      return where === null ? carried : t('only', { columns: carried, where: where.replaceAll('"', '') })
    },
  }
}
