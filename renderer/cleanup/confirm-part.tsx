import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconTrash } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ReauthenticateField, refusesPerson } from '#renderer/session/reauthenticate.tsx'
import { useWait } from '#renderer/session/use-wait.ts'
import type { CleanupPlan } from '#shared/cleanup.ts'
import type { ProtectionChoice } from '#shared/cleanup-backup.ts'
import { useAmounts } from './amounts.ts'
import { useStartRun } from './data-run.ts'
import { goToStep, useDraft } from './draft.ts'
import { Failed } from './failed.tsx'
import { Part } from './part.tsx'
import { needsOwner, ownerOf } from './refusals.ts'
import { typedNumber } from './typed-number.ts'
import { WhoFields } from './who-fields.tsx'

interface ConfirmPartProps {
  readonly plan: CleanupPlan
  readonly stale: boolean
  readonly folder: string
  readonly protection: ProtectionChoice
  readonly onRefused: () => void
  readonly onStarted: () => void
}

/** What only a person who means it types. Nothing is filled in; Enter does nothing; Cancel is the button at hand. */
export function ConfirmPart({ plan, stale, folder, protection, onRefused, onStarted }: ConfirmPartProps) {
  const { t } = useTranslation('cleanup')
  const { t: common } = useTranslation()
  const { of } = useAmounts()
  const { decisions, proof, record } = useDraft()
  const start = useStartRun()
  const wait = useWait(start.error)
  const ownField = useRef<HTMLInputElement>(null)
  const required = (value: string) => (value === '' ? common('validation.required') : null)
  const form = useForm({
    initialValues: {
      ...{ database: '', patients: '', own: '' },
      ...{ who: needsOwner(plan) ? 'owner' : 'profile', user: ownerOf(plan.refusals) ?? '', password: '' },
    },
    validateInputOnBlur: ['database', 'patients'],
    validate: {
      database: (value) => (value === '' || value === plan.database ? null : t('confirm.databaseWrong')),
      patients: (value) =>
        value === '' || typedNumber(value) === plan.totals.patients ? null : t('confirm.patientsWrong'),
      own: required,
      user: (value, { who }) => (who === 'owner' ? required(value.trim()) : null),
      password: (value, { who }) => (who === 'owner' ? required(value) : null),
    },
  })
  const { database, patients, own, who, user, password } = form.values
  const count = typedNumber(patients)
  const ready =
    database === plan.database &&
    count === plan.totals.patients &&
    own !== '' &&
    (who !== 'owner' || (user.trim() !== '' && password !== ''))
  const run = () => {
    if (!ready || stale || wait > 0 || start.isPending || form.validate().hasErrors) return
    const owner = who === 'owner' ? { user: user.trim(), password } : null
    const confirmed = { decisions, hash: plan.hash, databaseName: database, patients: count }
    start.mutate(
      { ...confirmed, ...{ folder, protection, proof, record, owner, own } },
      {
        onSuccess: onStarted,
        onError: (error) => {
          form.setFieldValue('own', '')
          if (refusesPerson(error)) ownField.current?.focus()
          else onRefused()
        },
      },
    )
  }
  return (
    <Part title={t('confirm.title')} note={t('confirm.note')}>
      <Stack gap="sm" component="form" onSubmit={(event: React.FormEvent) => event.preventDefault()}>
        <TextInput
          maw={520}
          label={t('confirm.typeDatabase')}
          description={t('confirm.typeDatabaseHint', { database: plan.database })}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          data-confirm="database"
          {...form.getInputProps('database')}
        />
        <TextInput
          maw={520}
          label={t('confirm.typePatients')}
          description={t('confirm.typePatientsHint')}
          inputMode="numeric"
          autoComplete="off"
          data-confirm="patients"
          {...form.getInputProps('patients')}
        />
        <WhoFields
          role={plan.role}
          owner={who === 'owner'}
          who={form.getInputProps('who')}
          user={form.getInputProps('user')}
          password={form.getInputProps('password')}
        />
        <ReauthenticateField input={form.getInputProps('own')} inputRef={ownField} error={start.error} />
        {start.error && !refusesPerson(start.error) ? <Failed error={start.error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button onClick={() => goToStep('backup')} data-action="cancel-run">
            {common('action.cancel')}
          </Button>
          <Button
            color="red.9"
            variant="outline"
            leftSection={<IconTrash size={16} aria-hidden />}
            disabled={!ready || stale || wait > 0}
            loading={start.isPending}
            onClick={run}
            data-action="run"
          >
            {t('confirm.run', { patients: of('patients', plan.totals.patients) })}
          </Button>
        </Group>
      </Stack>
    </Part>
  )
}
