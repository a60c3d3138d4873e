import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, wireError } from '#renderer/api.ts'
import { usePolicy } from '#renderer/policy/data.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { ConnectionState } from '#shared/connection.ts'
import { ConnectionRow } from './connection-row.tsx'
import { useOpenConnection, useRemoveConnection } from './data.ts'
import { PasswordPrompt } from './password-prompt.tsx'
import { RemovalPrompt } from './removal-prompt.tsx'

type StoredProfile = ConnectionState['profiles'][number]

interface ConnectionListProps {
  readonly state: ConnectionState
  readonly onEdit: (profile: StoredProfile | null) => void
  readonly onDone: (() => void) | null
  /** 1 where the list is the page, 2 where it is a section of one. */
  readonly heading: 1 | 2
}

/** The connections this workstation knows: open, edit, remove. */
export function ConnectionList({ state, onEdit, onDone, heading }: ConnectionListProps) {
  const { t } = useTranslation('connection')
  const { t: common } = useTranslation()
  const open = useOpenConnection()
  const remove = useRemoveConnection()
  const free = usePolicy()?.connection === 'free'
  const [asking, setAsking] = useState<StoredProfile | null>(null)
  const [removing, setRemoving] = useState<StoredProfile | null>(null)
  const [failedId, setFailedId] = useState<string | null>(state.failure ? state.currentId : null)

  const openProfile = (profile: StoredProfile, password: string | null) =>
    open.mutate(
      { id: profile.id, password },
      {
        onSuccess: () => {
          setAsking(null)
          setFailedId(null)
          onDone?.()
        },
        onError: (error) => {
          setFailedId(profile.id)
          if (wireError(error).code === 'PASSWORD_REQUIRED') setAsking(profile)
        },
      },
    )

  const failed = state.profiles.find(({ id }) => id === failedId)
  const failure =
    open.error ?? (state.failure ? new ApiError({ code: state.failure, params: placeOf(failed), ref: '' }) : null)
  const shown = failure && failed && asking === null && !open.isPending ? failure : null

  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start">
        <Stack gap={2}>
          <Title order={heading} size={heading === 1 ? 'h3' : 'h5'}>
            {t('list.title')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('list.body')}
          </Text>
        </Stack>
        {free ? (
          <Button variant="light" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => onEdit(null)}>
            {t('list.add')}
          </Button>
        ) : null}
      </Group>
      {shown && failed ? (
        <Stack gap={6}>
          <Text size="sm" fw={600}>
            {t('list.failed', { name: failed.name })}
          </Text>
          <ErrorNotice error={shown} onRetry={() => openProfile(failed, null)} />
        </Stack>
      ) : null}
      {remove.error ? <ErrorNotice error={remove.error} /> : null}
      <Stack gap="xs" component="ul" m={0} p={0}>
        {state.profiles.map((profile) => (
          <ConnectionRow
            key={profile.id}
            profile={profile}
            current={profile.id === state.currentId && state.status === 'open'}
            opening={open.isPending && open.variables.id === profile.id}
            onOpen={() => openProfile(profile, null)}
            onEdit={() => onEdit(profile)}
            onRemove={() => setRemoving(profile)}
          />
        ))}
      </Stack>
      {state.profiles.length === 0 ? <Text c="dimmed">{t('list.empty')}</Text> : null}
      {onDone ? (
        <Anchor component="button" type="button" size="sm" onClick={onDone}>
          {common('action.back')}
        </Anchor>
      ) : null}
      <PasswordPrompt
        profile={asking}
        error={open.error}
        busy={open.isPending}
        onSubmit={(password) => asking && openProfile(asking, password)}
        onClose={() => setAsking(null)}
      />
      <RemovalPrompt
        profile={removing}
        onConfirm={() => {
          if (removing) remove.mutate(removing.id)
          setRemoving(null)
        }}
        onClose={() => setRemoving(null)}
      />
    </Stack>
  )
}

function placeOf(profile: StoredProfile | undefined) {
  if (!profile) return {}
  const { host, port, database, user } = profile
  return { host, port, database, user }
}
