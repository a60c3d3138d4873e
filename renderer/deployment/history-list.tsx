import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ScrollRegion } from '#renderer/ui/scroll-region.tsx'
import type { HistoryEntry } from '#shared/deployment.ts'
import classes from './check-details.module.css'
import { useCheckWords } from './words.ts'

/** What happened to a check before, newest first. */
export function HistoryList({ history }: { readonly history: readonly HistoryEntry[] }) {
  const { t } = useTranslation('deployment')
  const { moment } = useCheckWords()
  if (history.length === 0) return <Text size="sm">{t('check.noHistory')}</Text>
  return (
    <ScrollRegion label={t('check.history')} className={classes.history}>
      <ul>
        {history.map(({ at, kind, status, by, reason }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two entries may be of the same second
          <li key={place}>
            <time className="numbers">{moment(at)}</time>
            {kind === 'ran'
              ? t('history.ran', { status: t(`status.${status ?? 'pending'}`), by })
              : t(`history.${kind}`, { by, reason })}
          </li>
        ))}
      </ul>
    </ScrollRegion>
  )
}
