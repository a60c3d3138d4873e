import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/words.ts'
import type { IndexAdvice } from '#shared/indexes.ts'

/** What an index is about and weighs, in the language on screen. */
export function useIndexWords() {
  const { t } = useTranslation('indexes')
  const { t: dashboard } = useTranslation('dashboard')
  const { bytes, list } = useFormat()
  return {
    size: bytes,
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
