import { Alert, Button, Group, Modal, Stack, Switch, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { wireError } from '#renderer/api.ts'
import { useCurrentProfile } from '#renderer/connection/data.ts'
import { OwnerFields } from '#renderer/jobs/owner-fields.tsx'
import { ReauthenticateField, refusesPerson, useReauthenticationNeeded } from '#renderer/session/reauthenticate.tsx'
import { useWait } from '#renderer/session/use-wait.ts'
import { EnvironmentBadge } from '#renderer/ui/environment-badge.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { ServerSession, SessionEnd } from '#shared/monitoring-sessions.ts'
import { useSessionWords } from './session-words.ts'
import classes from './sessions.module.css'
import { useEndSession } from './sessions-data.ts'

interface EndSessionDialogProps {
  readonly session: ServerSession | null
  /** The role of this app's connection, and whether it may end sessions of others. */
  readonly role: string
  readonly mayEndOthers: boolean
  readonly onClose: () => void
}

/** Names the session that will be let go of, and asks who it is that asks. */
export function EndSessionDialog({ session, onClose, ...rights }: EndSessionDialogProps) {
  const { t } = useSessionWords()
  const { t: common } = useTranslation()
  return (
    <Modal
      opened={session !== null}
      onClose={onClose}
      title={session ? t('end.title', { pid: session.pid }) : null}
      closeButtonProps={{ 'aria-label': common('action.close') }}
      size="lg"
      centered
    >
      {session ? <Request session={session} onClose={onClose} {...rights} /> : null}
    </Modal>
  )
}

/** Lives only while the dialog is open: with it goes whatever was typed. */
function Request({
  session,
  role,
  mayEndOthers,
  onClose,
}: EndSessionDialogProps & { readonly session: ServerSession }) {
  const { t } = useSessionWords()
  const { t: common } = useTranslation()
  const profile = useCurrentProfile()
  const end = useEndSession()
  const asks = useReauthenticationNeeded()
  const wait = useWait(end.error)
  const ownField = useRef<HTMLInputElement>(null)
  const [cancelled, setCancelled] = useState<SessionEnd['outcome'] | null>(null)
  const foreign = session.user !== role && !mayEndOthers
  const [asOwner, setAsOwner] = useState(foreign)
  const how = session.state === 'active' && cancelled === null ? 'cancel' : 'terminate'
  const required = (asked: boolean) => (value: string) =>
    asked && value.trim() === '' ? common('validation.required') : null
  const form = useForm({
    initialValues: { user: '', password: '', own: '' },
    validate: { user: required(asOwner), password: required(asOwner), own: required(asks) },
  })
  const submit = form.onSubmit(({ user, password, own }) => {
    if (end.isPending || wait > 0) return
    const { pid, startedAt } = session
    const owner = asOwner ? { user: user.trim(), password } : null
    end.mutate(
      { pid, startedAt: startedAt ?? '', how, owner, own: asks ? own : null },
      {
        onSuccess: ({ outcome }) => {
          form.setFieldValue('own', '')
          if (how === 'cancel' && outcome !== 'gone') return setCancelled(outcome)
          const color = outcome === 'unchanged' ? 'yellow' : 'accent'
          notifications.show({ message: t(`end.${outcome}`, { pid }), color })
          onClose()
        },
        onError: (error) => {
          if (refusesPerson(error)) ownField.current?.select()
          else if (wireError(error).code === 'PRIVILEGE_MISSING') setAsOwner(true)
        },
      },
    )
  })
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Target session={session} />
        {cancelled === null ? (
          <Text size="sm">{how === 'cancel' ? t('end.cancelFirst') : t('end.terminateBody')}</Text>
        ) : (
          <Alert color={cancelled === 'quiet' ? 'accent' : 'yellow'} role="status">
            {cancelled === 'quiet' ? t('end.cancelled') : t('end.notCancelled')}
          </Alert>
        )}
        {foreign ? <Text size="sm">{t('end.owner', { role })}</Text> : null}
        {foreign ? null : (
          <Switch
            label={t('end.ownerToggle')}
            checked={asOwner}
            onChange={(event) => setAsOwner(event.currentTarget.checked)}
          />
        )}
        {asOwner ? (
          <OwnerFields
            labels={{ user: t('end.ownerUser'), password: t('end.ownerPassword') }}
            user={form.getInputProps('user')}
            password={form.getInputProps('password')}
          />
        ) : null}
        {asks ? <ReauthenticateField input={form.getInputProps('own')} inputRef={ownField} error={end.error} /> : null}
        {end.error && !refusesPerson(end.error) ? <ErrorNotice error={end.error} /> : null}
        <Group justify="space-between" gap="sm">
          {profile ? <EnvironmentBadge environment={profile.environment} /> : null}
          <Group gap="xs" ml="auto">
            <Button variant="default" onClick={onClose} data-autofocus>
              {common('action.close')}
            </Button>
            <Button
              type="submit"
              color={how === 'terminate' ? 'red' : 'accent'}
              loading={end.isPending}
              disabled={wait > 0}
              data-action={how}
            >
              {t(`end.${how}`)}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  )
}

function Target({ session }: { readonly session: ServerSession }) {
  const { t, duration, application, client } = useSessionWords()
  const rows = [
    [t('end.programme'), application(session.application)],
    [t('end.user'), session.user],
    [t('end.client'), client(session)],
    [t('end.since'), `${t(`state.${session.state}`)} · ${duration(session.seconds)}`],
    [t('end.statement'), session.statement ?? ''],
  ] as const
  return (
    <dl className={classes.target} aria-label={t('end.target')}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
