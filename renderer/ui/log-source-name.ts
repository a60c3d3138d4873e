import { useTranslation } from 'react-i18next'
import type { LogSource } from '#shared/monitoring-log.ts'

/** Names where a log comes from: a file without its folder, or what runs the backend. */
export function useLogSourceName(): (source: LogSource) => string {
  const { t } = useTranslation('log')
  return (named) => {
    switch (named.kind) {
      case 'files': {
        const name = named.paths.at(-1) ?? ''
        return named.paths.length > 1 ? t('source.files', { name, more: named.paths.length - 1 }) : name
      }
      case 'compose':
        return t('source.compose', { service: named.service })
      case 'docker':
        return t('source.docker', { container: named.container })
      case 'journal':
        return t('source.journal', { unit: named.unit })
    }
  }
}
