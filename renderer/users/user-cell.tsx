import { Badge, Text } from '@mantine/core'
import { IconCircleCheck, IconCircleOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/words.ts'
import type { ListedUser, UserPart } from '#shared/users.ts'
import classes from './users.module.css'

interface UserCellProps {
  readonly user: ListedUser
  readonly part: UserPart
}

/** One part of a user in words; what is not there says so. */
export function UserCell({ user, part }: UserCellProps) {
  const { t } = useTranslation('users')
  const { day, clock } = useFormat()
  const moment = (at: string) => `${day(at.slice(0, 10))} ${clock(at)}`
  if (part === 'active') return <ActiveBadge active={user.active} />
  if (part === 'lastLogin' && user.lastLogin !== null)
    return <span className={classes.moment}>{moment(user.lastLogin)}</span>
  if (part === 'created' && user.created !== null) return <span className={classes.moment}>{moment(user.created)}</span>
  if (part === 'podiatrists' && user.podiatrists.length > 0) return user.podiatrists.join(', ')
  const text = part === 'fullName' || part === 'email' || part === 'roleName' ? user[part] : null
  if (text !== null) return text
  const nothing = {
    fullName: t('none'),
    email: t('none'),
    created: t('none'),
    roleName: t('noRole'),
    lastLogin: t('never'),
    podiatrists: t('noPodiatrist'),
  }[part]
  return (
    <Text span size="sm" c="dimmed">
      {nothing}
    </Text>
  )
}

function ActiveBadge({ active }: { readonly active: boolean }) {
  const { t } = useTranslation('users')
  const Icon = active ? IconCircleCheck : IconCircleOff
  return (
    <Badge
      variant={active ? 'light' : 'default'}
      tt="none"
      fw={500}
      className={classes.badge}
      leftSection={<Icon size={13} stroke={2} aria-hidden />}
    >
      {active ? t('active') : t('inactive')}
    </Badge>
  )
}
