import { Button, Code, Group, Modal, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { wireError } from '#renderer/api.ts'
import { useCurrentProfile } from '#renderer/connection/data.ts'
import { OwnerFields } from '#renderer/jobs/owner-fields.tsx'
import { ReauthenticateField, refusesPerson, useReauthenticationNeeded } from '#renderer/session/reauthenticate.tsx'
import { useWait } from '#renderer/session/use-wait.ts'
import { EnvironmentBadge } from '#renderer/ui/environment-badge.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { IndexAdvice } from '#shared/indexes.ts'
import { type IndexJobKind, useStartIndexJob } from './data.ts'
import classes from './indexes.module.css'
import { useIndexWords } from './words.ts'

export interface Intention {
  readonly kind: IndexJobKind
  readonly advice: IndexAdvice
}

interface IndexDialogProps {
  readonly intention: Intention | null
  readonly role: string
  readonly onClose: () => void
}

/** What will happen, with whose rights, and who asks for it; then the job starts. */
export function IndexDialog({ intention, role, onClose }: IndexDialogProps) {
  const { t } = useTranslation('indexes')
  const { t: common } = useTranslation()
  const { name } = useIndexWords()
  return (
    <Modal
      opened={intention !== null}
      onClose={onClose}
      title={
        intention
          ? t(intention.kind === 'indexes.create' ? 'dialog.create' : 'dialog.drop', { name: name(intention.advice) })
          : null
      }
      closeButtonProps={{ 'aria-label': common('action.close') }}
      size="lg"
      centered
    >
      {intention ? <Request intention={intention} role={role} onClose={onClose} /> : null}
    </Modal>
  )
}

interface RequestProps extends Omit<IndexDialogProps, 'intention'> {
  readonly intention: Intention
}

/** Lives only while the dialog is open: with it goes whatever was typed. */
function Request({ intention: { kind, advice }, role, onClose }: RequestProps) {
  const { t } = useTranslation('indexes')
  const { t: common } = useTranslation()
  const profile = useCurrentProfile()
  const start = useStartIndexJob()
  const asks = useReauthenticationNeeded()
  const wait = useWait(start.error)
  const ownField = useRef<HTMLInputElement>(null)
  const ownerField = useRef<HTMLInputElement>(null)
  const withOwner = !advice.mayCreate
  const required = (asked: boolean) => (value: string) =>
    asked && value.trim() === '' ? common('validation.required') : null
  const form = useForm({
    initialValues: { user: advice.owner ?? '', password: '', own: '' },
    validate: { user: required(withOwner), password: required(withOwner), own: required(asks) },
  })
  const submit = form.onSubmit(({ user, password, own }) => {
    if (start.isPending || wait > 0) return
    const owner = withOwner ? { user: user.trim(), password } : null
    start.mutate(
      { kind, index: advice.id, owner, own: asks ? own : null },
      {
        onSuccess: onClose,
        onError: (error) => {
          if (refusesPerson(error)) return ownField.current?.select()
          form.setFieldValue('own', '')
          if (wireError(error).code === 'AUTHENTICATION_FAILED') ownerField.current?.select()
        },
      },
    )
  })
  const create = kind === 'indexes.create'
  const action = advice.status.state === 'invalid' ? (create ? 'again' : 'clear') : create ? 'create' : 'drop'
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Consequences create={create} advice={advice} />
        <Text size="sm">{withOwner ? t('owner.needed', { owner: advice.owner }) : t('owner.own', { role })}</Text>
        {withOwner ? (
          <OwnerFields
            labels={{ user: t('owner.user'), password: t('owner.password') }}
            user={form.getInputProps('user')}
            password={form.getInputProps('password')}
            passwordRef={ownerField}
          />
        ) : null}
        {asks ? (
          <ReauthenticateField input={form.getInputProps('own')} inputRef={ownField} error={start.error} />
        ) : null}
        {start.error && !refusesPerson(start.error) ? <ErrorNotice error={start.error} /> : null}
        <Group justify="space-between" gap="sm">
          {profile ? <EnvironmentBadge environment={profile.environment} /> : null}
          <Group gap="xs" ml="auto">
            <Button variant="default" onClick={onClose}>
              {common('action.cancel')}
            </Button>
            <Button type="submit" loading={start.isPending} disabled={wait > 0} data-action="confirm">
              {t(`action.${action}`)}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  )
}

function Consequences({ create, advice }: { readonly create: boolean; readonly advice: IndexAdvice }) {
  const { t } = useTranslation('indexes')
  const { size } = useIndexWords()
  const { status, estimatedBytes, statement } = advice
  return (
    <>
      <ul className={classes.plain}>
        <li>{t('dialog.nobody')}</li>
        {create ? (
          <>
            {status.state === 'invalid' ? <li>{t('dialog.cleared')}</li> : null}
            <li>
              {estimatedBytes === null ? t('dialog.roomUnknown') : t('dialog.room', { size: size(estimatedBytes) })}
            </li>
            <li>{t('dialog.time')}</li>
          </>
        ) : (
          <>
            {status.state === 'ours' ? <li>{t('dialog.freed', { size: size(status.bytes) })}</li> : null}
            {status.state === 'ours' ? <li>{t('dialog.slower')}</li> : null}
            <li>{t('dialog.undo')}</li>
          </>
        )}
      </ul>
      {create && statement !== null ? (
        <Code block className={classes.code} tabIndex={0}>
          {statement}
        </Code>
      ) : null}
    </>
  )
}
