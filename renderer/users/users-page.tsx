import {
  ActionIcon,
  Alert,
  Button,
  Group,
  SegmentedControl,
  Skeleton,
  Stack,
  Text,
  TextInput,
  Tooltip,
} from '@mantine/core'
import { IconInfoCircle, IconRefresh, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCurrentProfile } from '#renderer/connection/data.ts'
import { Age, useAge } from '#renderer/ui/age.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { PageHeader } from '#renderer/ui/page-header.tsx'
import { ZoneNote } from '#renderer/ui/zone-note.tsx'
import { useFormat, useLanguage } from '#renderer/words.ts'
import { type ListedUser, type UserList, userParts } from '#shared/users.ts'
import { type ActiveFilter, type Choice, chooseUsers, sortableColumns } from './choose.ts'
import { useUsers } from './data.ts'
import { UserDetails } from './user-details.tsx'
import { UsersTable } from './users-table.tsx'

/** Usuarios: who may log in to the clinic, for administrators. */
export function UsersPage() {
  const { t } = useTranslation('users')
  const { t: common } = useTranslation()
  const { integer } = useFormat()
  const list = useUsers()
  const age = useAge(list.dataUpdatedAt)
  const active = list.data?.users.filter((user) => user.active).length ?? 0
  const counted = list.data && !list.data.unavailable.active
  return (
    <Stack gap="sm">
      <PageHeader title={t('title')} note={t('intro')}>
        {list.data ? (
          <Text size="sm" c="dimmed">
            {counted
              ? `${t('counts', { active: integer(active), inactive: integer(list.data.users.length - active) })} · `
              : null}
            <Age at={list.dataUpdatedAt} />
          </Text>
        ) : null}
        <Tooltip label={t('refresh')}>
          <ActionIcon size="lg" aria-label={t('refresh')} loading={list.isFetching} onClick={() => void list.refetch()}>
            <IconRefresh size={18} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </PageHeader>
      {list.error ? (
        <ErrorNotice
          error={list.error}
          onRetry={() => void list.refetch()}
          retrying={list.isFetching}
          note={list.data ? t('stale', { age }) : undefined}
        />
      ) : null}
      {list.data ? <Users list={list.data} /> : null}
      {list.isPending ? <Skeleton height={420} aria-label={common('unit.loading')} role="status" /> : null}
    </Stack>
  )
}

const everything: Choice = { search: '', filter: 'all', sort: { by: 'userName', descending: false } }

function Users({ list }: { readonly list: UserList }) {
  const { t } = useTranslation('users')
  const { integer } = useFormat()
  const language = useLanguage()
  const zone = useCurrentProfile()?.zone
  const [choice, setChoice] = useState(everything)
  const [opened, setOpened] = useState<ListedUser | null>(null)
  const { users, total, cap, unavailable } = list
  const chosen = chooseUsers(users, choice, language)
  const columns = sortableColumns.filter((column) => column === 'userName' || !unavailable[column])
  const change = (part: Partial<Choice>) => setChoice({ ...choice, ...part })
  const clear = () => change({ search: '', filter: 'all' })
  const filters = (['all', 'active', 'inactive'] as const).map((value) => ({ value, label: t(`filter.${value}`) }))
  return (
    <>
      <Group gap="sm">
        <TextInput
          flex="1 1 260px"
          maw={460}
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={choice.search}
          onChange={(event) => change({ search: event.currentTarget.value })}
        />
        {unavailable.active ? null : (
          <SegmentedControl
            aria-label={t('filter.label')}
            value={choice.filter}
            onChange={(value) => change({ filter: value as ActiveFilter })}
            data={filters}
          />
        )}
        <Text size="sm" c="dimmed" role="status" className="numbers">
          {t('count', { shown: integer(chosen.length), total: integer(total) })}
        </Text>
      </Group>
      {total > users.length ? (
        <Alert color="yellow" icon={<IconInfoCircle size={20} aria-hidden />}>
          {t('truncated', { total: integer(total), cap: integer(cap) })}
        </Alert>
      ) : null}
      {chosen.length > 0 ? (
        <UsersTable
          users={chosen}
          columns={columns}
          sort={choice.sort}
          onSort={(sort) => change({ sort })}
          onOpen={setOpened}
        />
      ) : (
        <Alert color="gray" icon={<IconInfoCircle size={20} aria-hidden />}>
          <Group gap="sm">
            {users.length === 0 ? t('empty') : t('noMatch')}
            {users.length === 0 ? null : (
              <Button size="compact-sm" variant="default" onClick={clear}>
                {t('clear')}
              </Button>
            )}
          </Group>
        </Alert>
      )}
      <ZoneNote zone={zone} />
      <Absences unavailable={unavailable} />
      <UserDetails user={opened} unavailable={unavailable} onClose={() => setOpened(null)} />
    </>
  )
}

/** Why a column is not there: never an empty column that looks like an answer. */
function Absences({ unavailable }: Pick<UserList, 'unavailable'>) {
  const { t } = useTranslation('users')
  return userParts.map((part) => {
    const why = unavailable[part]
    if (!why || why.reason === 'noSchedule') return null
    return (
      <Text key={part} size="sm" c="dimmed" data-missing={part}>
        <b>{t(`column.${part}`)}</b>
        {': '}
        {t(`unavailable.${why.reason}`, { ...why })}
      </Text>
    )
  })
}
