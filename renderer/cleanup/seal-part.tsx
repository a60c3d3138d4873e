import { Button, Skeleton, Text } from '@mantine/core'
import { IconLock, IconLockOpen } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { useSealState } from './data-restore.ts'
import classes from './list.module.css'
import { Part } from './part.tsx'
import { SealDialog } from './seal-dialog.tsx'
import { useClinicInstant } from './use-clinic-instant.ts'

/** Whether the database is sealed as production, since when and by whom; sealing it, or opening it again. */
export function SealPart() {
  const { t } = useTranslation('cleanup')
  const instant = useClinicInstant()
  const seal = useSealState()
  const [asking, setAsking] = useState(false)
  if (seal.error) return <ErrorNotice error={seal.error} onRetry={() => void seal.refetch()} />
  if (!seal.data) return <Skeleton height={90} />
  const { state, history } = seal.data
  const sealed = state === 'sealed'
  return (
    <Part
      order={2}
      title={t(`seal.${state}`)}
      note={t(`seal.${state}Note`)}
      tone={state === 'unreadable' ? 'blocked' : 'plain'}
      icon={sealed ? <IconLock size={18} aria-hidden /> : <IconLockOpen size={18} aria-hidden />}
    >
      {history.length > 0 ? (
        <ul className={classes.plain} data-part="seal-history">
          {history.map(({ action, at, by, reason }) => (
            <li key={`${action} ${at}`}>
              {t(`seal.did.${action}`, { when: instant(at), by })}
              {reason === null ? null : (
                <Text span size="sm" c="dimmed">
                  {' '}
                  {t('seal.because', { reason })}
                </Text>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {state === 'unreadable' ? null : (
        <div>
          <Button
            variant="default"
            size="sm"
            leftSection={sealed ? <IconLockOpen size={16} aria-hidden /> : <IconLock size={16} aria-hidden />}
            onClick={() => setAsking(true)}
            data-action={sealed ? 'reopen' : 'seal'}
          >
            {t(sealed ? 'seal.reopen' : 'seal.seal')}
          </Button>
        </div>
      )}
      <SealDialog opened={asking} sealed={sealed} onClose={() => setAsking(false)} />
    </Part>
  )
}
