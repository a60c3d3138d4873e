import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { HistoryEntry } from '#shared/deployment.ts'
import classes from './check-details.module.css'
import { useCheckWords } from './words.ts'

/** What happened to a check before, newest first. */
export function HistoryList({ history }: { readonly history: readonly HistoryEntry[] }) {
  const { t } = useTranslation('deployment')
  const { moment } = useCheckWords()
  if (history.length === 0) return <Text size="sm">{t('check.noHistory')}</Text>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <ul className={classes.history} aria-label={t('check.history')} tabIndex={0}>
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
  )
}
