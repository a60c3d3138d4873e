import { ActionIcon, Button, Group, Menu, Text, Tooltip } from '@mantine/core'
import { IconChevronDown, IconInfoCircle, IconKeyboard, IconLock, IconLogout } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useCurrentProfile } from '#renderer/connection/data.ts'
import { EnvironmentBadge } from '#renderer/ui/environment-badge.tsx'
import { Mark } from '#renderer/ui/mark.tsx'
import type { SessionUser } from '#shared/session.ts'
import { LinkStatus } from './link-status.tsx'
import classes from './top-bar.module.css'

interface TopBarProps {
  readonly user: SessionUser
  readonly onLock: () => void
  readonly onLogout: () => void
  readonly onKeys: () => void
}

/** Where one is (clinic, environment, link) and who one is. */
export function TopBar({ user, onLock, onLogout, onKeys }: TopBarProps) {
  const { t } = useTranslation()
  const [, navigate] = useLocation()
  const profile = useCurrentProfile()
  return (
    <div className={classes.bar}>
      <Group gap={8} wrap="nowrap" className={classes.brand}>
        <Mark size={24} />
        <Text fw={650} className={classes.name}>
          {t('app')}
        </Text>
      </Group>
      <div className={classes.place}>
        {profile ? (
          <>
            <EnvironmentBadge environment={profile.environment} />
            <Text size="sm" c="dimmed" truncate title={`${profile.name} · ${t('link.place', { ...profile })}`}>
              {t('link.place', { ...profile })}
            </Text>
          </>
        ) : null}
        <LinkStatus />
      </div>
      <Group gap={4} wrap="nowrap">
        <Menu position="bottom-end" width={230} withinPortal={false} withInitialFocusPlaceholder={false}>
          <Menu.Target>
            <Button
              variant="subtle"
              color="gray"
              size="compact-md"
              c="var(--mantine-color-text)"
              className={classes.user}
              rightSection={<IconChevronDown size={14} aria-hidden />}
              aria-label={t('user.menu', { name: user.fullName })}
            >
              <Text size="sm" fw={500} truncate>
                {user.fullName}
              </Text>
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>
              {user.userName}
              {' · '}
              {user.roleName}
            </Menu.Label>
            <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={onKeys}>
              {t('user.keys')}
            </Menu.Item>
            <Menu.Item leftSection={<IconInfoCircle size={16} aria-hidden />} onClick={() => navigate('/settings')}>
              {t('user.about')}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item leftSection={<IconLock size={16} aria-hidden />} onClick={onLock}>
              {t('user.lock')}
            </Menu.Item>
            <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={onLogout}>
              {t('user.logout')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <Tooltip label={t('user.lock')}>
          <ActionIcon size="lg" aria-label={t('user.lock')} onClick={onLock}>
            <IconLock size={18} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Group>
    </div>
  )
}
