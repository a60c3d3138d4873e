import { Alert, Text } from '@mantine/core'
import { IconHourglassHigh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Age } from '#renderer/ui/age.tsx'
import type { LockHolder, LockWait } from '#shared/jobs.ts'
import classes from './list.module.css'
import { stateWord } from './sessions.ts'
import { tableName } from './table-name.ts'

/** For whom the work waits, while it waits: who holds which table, and since when. */
export function WaitingPart({ waiting }: { readonly waiting: LockWait }) {
  const { t } = useTranslation('cleanup')
  const { table, holders } = waiting
  return (
    <Alert
      color="yellow"
      icon={<IconHourglassHigh size={20} aria-hidden />}
      title={table === null ? t('waiting.titlePlain') : t('waiting.title', { table: tableName(table) })}
      data-part="waiting"
    >
      <ul className={classes.plain}>
        {holders.map((holder) => (
          <Holder key={holder.process} holder={holder} />
        ))}
      </ul>
      <Text size="sm" mt={6}>
        {t('waiting.hint')}
      </Text>
    </Alert>
  )
}

function Holder({ holder }: { readonly holder: LockHolder }) {
  const { t } = useTranslation('cleanup')
  const { application, user, state, since, process } = holder
  return (
    <li data-holder={process}>
      <Text span size="sm" fw={600}>
        {application || t('base.unnamed')}
      </Text>
      <Text span size="sm">
        {` · ${t('waiting.user', { user: user || t('base.hidden') })} · `}
        {state === null ? t('base.hidden') : t(`sessionState.${stateWord(state)}`)}
        {since === null ? null : (
          <>
            {' · '}
            <Age at={since * 1000} />
          </>
        )}
        {` · ${t('waiting.process', { process: String(process) })}`}
      </Text>
    </li>
  )
}
