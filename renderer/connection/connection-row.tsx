import { ActionIcon, Badge, Button, Group, Paper, Text, Tooltip } from '@mantine/core'
import { IconPencil, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EnvironmentBadge } from '#renderer/ui/environment-badge.tsx'
import type { ConnectionState } from '#shared/connection.ts'
import classes from './connection-row.module.css'

interface ConnectionRowProps {
  readonly profile: ConnectionState['profiles'][number]
  readonly current: boolean
  readonly opening: boolean
  readonly onOpen: () => void
  readonly onEdit: () => void
  readonly onRemove: () => void
}

/** One connection: what it is, where it is, what can be done with it. The demo's and a policy's are not edited. */
export function ConnectionRow({ profile, current, opening, onOpen, onEdit, onRemove }: ConnectionRowProps) {
  const { t } = useTranslation('connection')
  const { t: common } = useTranslation()
  const { name, kind, environment } = profile
  const place = common('link.place', { ...profile })
  return (
    <Paper component="li" className={classes.row}>
      <div className={classes.words}>
        <Group gap="xs">
          <Text fw={600}>{name}</Text>
          <EnvironmentBadge environment={environment} />
          {current ? <Badge variant="light">{t('list.current')}</Badge> : null}
        </Group>
        <Text size="sm" c="dimmed" className={classes.place}>
          {place}
          {' · '}
          {kind === 'demo' ? t('list.demo') : profile.passwordStored ? t('list.stored') : t('list.notStored')}
        </Text>
      </div>
      <Group gap={4} wrap="nowrap">
        <Button
          size="xs"
          fz="sm"
          variant={current ? 'default' : 'filled'}
          loading={opening}
          aria-label={t('list.openNamed', { name })}
          onClick={onOpen}
        >
          {t('list.open')}
        </Button>
        {kind !== 'server' ? null : (
          <>
            <Tooltip label={t('list.edit')}>
              <ActionIcon size="lg" aria-label={t('list.editNamed', { name })} onClick={onEdit}>
                <IconPencil size={17} stroke={1.7} aria-hidden />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={t('list.remove')}>
              <ActionIcon size="lg" aria-label={t('list.removeNamed', { name })} onClick={onRemove}>
                <IconTrash size={17} stroke={1.7} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </>
        )}
      </Group>
    </Paper>
  )
}
