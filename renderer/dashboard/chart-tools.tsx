import { useTranslation } from 'react-i18next'
import { Definition } from '#renderer/ui/definition.tsx'
import type { FigureName } from '#shared/dashboard.ts'
import { StaleMark } from './figure-card.tsx'
import { useFigureWords } from './figure-words.ts'

export interface ChartView {
  readonly staleSince: number | null
  readonly asTable: boolean
  readonly onToggle: () => void
}

/** The age of a chart whose refresh failed, and its definition. */
export function ChartTools({ name, staleSince }: { readonly name: FigureName; readonly staleSince: number | null }) {
  const { t } = useTranslation('dashboard')
  const words = useFigureWords().definition(name)
  return (
    <>
      {staleSince === null ? null : <StaleMark at={staleSince} />}
      <Definition label={t('card.definition', { name: words.name })} items={[words]} />
    </>
  )
}
