import { Alert, Anchor, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ConfirmPart } from './confirm-part.tsx'
import { useRehearsal } from './data.ts'
import { useFolders } from './data-run.ts'
import { goToStep, useDraft } from './draft.ts'
import classes from './list.module.css'
import { lackingOf } from './run-ready.ts'
import { SummaryPart } from './summary-part.tsx'
import { protectionOf } from './use-backup-form.ts'
import type { StepProps } from './wizard.tsx'

/** Step 6: what will happen, where, for how long, and the words that only a person who means it types. */
export function ConfirmStep({ plan, stale, backup, refetch }: StepProps) {
  const { t } = useTranslation('cleanup')
  const draft = useDraft()
  const { result } = useRehearsal()
  const folder = useFolders().data?.find(({ id }) => id === draft.folder) ?? null
  const protection = protectionOf(backup.values)
  const rehearsed = result.data ?? null
  const lacking = lackingOf({ plan, rehearsed, folder, protected: protection !== null })
  if (lacking.length > 0 || !rehearsed || !folder || !protection)
    return (
      <Alert
        color="yellow"
        icon={<IconAlertTriangle size={20} aria-hidden />}
        title={t('confirm.lacking')}
        data-part="lacking"
      >
        <Text size="sm">{t('confirm.lackingBody')}</Text>
        <ul className={classes.plain}>
          {lacking.map(({ what, step }) => (
            <li key={what}>
              <Anchor component="button" type="button" size="sm" onClick={() => goToStep(step)}>
                {t(`confirm.lack.${what}`)}
              </Anchor>
            </li>
          ))}
        </ul>
      </Alert>
    )
  return (
    <>
      <Text size="sm" c="dimmed">
        {t('confirm.intro')}
      </Text>
      <SummaryPart plan={plan} rehearsed={rehearsed} folder={folder} protection={protection.kind} />
      <ConfirmPart
        plan={plan}
        stale={stale}
        folder={folder.id}
        protection={protection}
        onRefused={refetch}
        onStarted={backup.reset}
      />
    </>
  )
}
