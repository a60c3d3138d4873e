import { useTranslation } from 'react-i18next'
import type { FigureName, Unavailable } from '#shared/dashboard.ts'

/** The names, definitions and reasons of figures, in the language on screen. */
export function useFigureWords() {
  const { t } = useTranslation('dashboard')
  return {
    definition: (name: FigureName) => ({ name: t(`names.${name}`), text: t(`definitions.${name}`) }),
    why: (why: Unavailable) => t(`state.${why.reason}`, { ...why }),
  }
}
