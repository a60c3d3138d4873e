import { Checkbox, Table, Text, TextInput } from '@mantine/core'
import { IconShieldCheck, IconTrash, IconUserOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TableRegion } from '#renderer/ui/table-region.tsx'
import { useFormat } from '#renderer/words.ts'
import type { CleanupPlan, CleanupUser, StaffPlan } from '#shared/cleanup.ts'
import { decide, useDraft } from './draft.ts'
import { keptIds, toggled } from './keep-list.ts'
import list from './list.module.css'
import { Part } from './part.tsx'
import classes from './users-part.module.css'

/** From so many on, a list is searched rather than read. */
const many = 12

interface UsersPartProps {
  readonly users: readonly CleanupUser[]
  readonly plan: CleanupPlan
  readonly stale: boolean
  readonly self: string | null
  readonly kept: ReadonlySet<string>
}

/** The keep list: every user by name, e-mail, role and id, with what happens to them. */
export function UsersPart({ users, plan, stale, self, kept }: UsersPartProps) {
  const { t } = useTranslation('cleanup')
  const { list: listed } = useFormat()
  const { decisions } = useDraft()
  const [filter, setFilter] = useState('')
  const { scopes } = decisions
  const choosable = scopes.users !== 'keep' || scopes.podiatrists
  const sought = filter.trim().toLowerCase()
  const shown = users.filter(({ fullName, userName, email }) =>
    `${fullName} ${userName} ${email ?? ''}`.toLowerCase().includes(sought),
  )
  const note =
    scopes.users !== 'keep' ? undefined : t(scopes.podiatrists ? 'staffStep.listPodiatrists' : 'staffStep.listAll')
  return (
    <Part title={t('staffStep.list')} {...(note === undefined ? {} : { note })}>
      {plan.staff.unknownIds.length > 0 ? (
        <Text size="sm">{t('staffStep.unknownIds', { ids: listed(plan.staff.unknownIds) })}</Text>
      ) : null}
      {users.length > many ? (
        <TextInput
          label={t('staffStep.filter')}
          w={280}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
      ) : null}
      <TableRegion label={t('staffStep.list')} tall verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            {choosable ? <Table.Th>{t('staffStep.stays')}</Table.Th> : null}
            <Table.Th>{t('staffStep.name')}</Table.Th>
            <Table.Th>{t('staffStep.role')}</Table.Th>
            <Table.Th className={list.number}>{t('staffStep.id')}</Table.Th>
            <Table.Th>{t('staffStep.happens')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody data-stale={stale} className={classes.body}>
          {shown.map((user) => (
            <Table.Tr key={user.id} data-user={user.userName}>
              {choosable ? (
                <Table.Td>
                  <Checkbox
                    checked={kept.has(user.id)}
                    disabled={user.id === self}
                    aria-label={t('staffStep.keep', { name: user.fullName })}
                    {...(user.id === self ? { 'aria-describedby': 'cleanup-self' } : {})}
                    onChange={(event) => {
                      const stays = event.currentTarget.checked
                      decide((now) => ({ keepUsers: toggled(keptIds(users, now, self), user.id, stays, self) }))
                    }}
                  />
                </Table.Td>
              ) : null}
              <Table.Th scope="row" className={list.name}>
                <div>{user.fullName}</div>
                <div className={classes.contact}>{[user.userName, user.email].filter(Boolean).join(' · ')}</div>
                {user.id === self ? (
                  <div className={classes.self} id="cleanup-self">
                    {t('staffStep.you')}
                  </div>
                ) : null}
              </Table.Th>
              <Table.Td>{user.roleName}</Table.Td>
              <Table.Td className={list.number}>{user.id}</Table.Td>
              <Table.Td>
                <Fate staff={plan.staff} user={user} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </TableRegion>
      {shown.length === 0 ? (
        <Text size="sm" p="sm" c="dimmed">
          {t('staffStep.nobody')}
        </Text>
      ) : null}
    </Part>
  )
}

const fates = { kept: IconShieldCheck, deactivated: IconUserOff, removed: IconTrash } as const

function Fate({ staff, user }: { readonly staff: StaffPlan; readonly user: CleanupUser }) {
  const { t } = useTranslation('cleanup')
  const has = (people: readonly CleanupUser[]) => people.some(({ id }) => id === user.id)
  const fate = has(staff.removed) ? 'removed' : has(staff.deactivated) ? 'deactivated' : 'kept'
  const Icon = fates[fate]
  return (
    <span className={classes.fate} data-fate={fate}>
      <Icon size={16} stroke={1.8} aria-hidden />
      <span>
        {t(`staffStep.${fate}`)}
        {user.active ? null : <span className={classes.contact}>{t('staffStep.inactive')}</span>}
      </span>
    </span>
  )
}
