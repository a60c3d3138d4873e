import { Modal } from '@mantine/core'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { type ListedUser, type UserList, userParts } from '#shared/users.ts'
import { UserCell } from './user-cell.tsx'
import classes from './users.module.css'

interface UserDetailsProps {
  readonly user: ListedUser | null
  readonly unavailable: UserList['unavailable']
  readonly onClose: () => void
}

/** Everything that is known of one user. */
export function UserDetails({ user, unavailable, onClose }: UserDetailsProps) {
  const { t } = useTranslation('users')
  const { t: common } = useTranslation()
  return (
    <Modal
      opened={user !== null}
      onClose={onClose}
      title={user?.fullName ?? user?.userName}
      closeButtonProps={{ 'aria-label': common('action.close') }}
      centered
      size="md"
    >
      {user ? (
        <dl className={classes.details}>
          <dt>{t('column.userName')}</dt>
          <dd>{user.userName}</dd>
          {userParts
            .filter((part) => !unavailable[part])
            .map((part) => (
              <Fragment key={part}>
                <dt>{t(`column.${part}`)}</dt>
                <dd>
                  <UserCell user={user} part={part} />
                </dd>
              </Fragment>
            ))}
          <dt>{t('column.id')}</dt>
          <dd className="numbers">{user.id}</dd>
        </dl>
      ) : null}
    </Modal>
  )
}
