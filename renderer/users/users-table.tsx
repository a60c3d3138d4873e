import { Button, Table, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TableRegion } from '#renderer/ui/table-region.tsx'
import { useFormat } from '#renderer/words.ts'
import type { ListedUser } from '#shared/users.ts'
import type { Choice, SortableColumn } from './choose.ts'
import { UserCell } from './user-cell.tsx'
import classes from './users.module.css'

interface UsersTableProps {
  readonly users: readonly ListedUser[]
  readonly columns: readonly SortableColumn[]
  readonly sort: Choice['sort']
  readonly onSort: (sort: Choice['sort']) => void
  readonly onOpen: (user: ListedUser) => void
}

/** Rows drawn at first, and with each request for more: a clinic has a few dozen users, a mistake may have thousands. */
const portion = 200

/** The users that were chosen, one a row; a click on a heading sorts by it, a second one turns the order round. */
export function UsersTable({ users, columns, sort, onSort, onOpen }: UsersTableProps) {
  const { t } = useTranslation('users')
  const { integer } = useFormat()
  const [shown, setShown] = useState(portion)
  const more = Math.min(portion, users.length - shown)
  return (
    <TableRegion
      label={t('caption')}
      region={classes.sheet}
      stickyHeader
      verticalSpacing={7}
      horizontalSpacing="xs"
      highlightOnHover
      foot={
        more > 0 ? (
          <Button variant="subtle" fullWidth onClick={() => setShown(shown + portion)}>
            {t('more', { count: integer(more) })}
          </Button>
        ) : null
      }
    >
      <Table.Thead>
        <Table.Tr>
          {columns.map((column) => (
            <Heading key={column} column={column} sort={sort} onSort={onSort} />
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {users.slice(0, shown).map((user) => (
          <Table.Tr key={user.id} className={classes.row} data-active={user.active} data-user={user.userName}>
            {columns.map((column) =>
              column === 'userName' ? (
                <Table.Th key={column} scope="row" className={classes.name}>
                  <UnstyledButton
                    className={classes.open}
                    fz="sm"
                    aria-label={t('details', { name: user.userName })}
                    onClick={() => onOpen(user)}
                  >
                    {user.userName}
                  </UnstyledButton>
                </Table.Th>
              ) : (
                <Table.Td key={column}>
                  <UserCell user={user} part={column} />
                </Table.Td>
              ),
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </TableRegion>
  )
}

interface HeadingProps extends Pick<UsersTableProps, 'sort' | 'onSort'> {
  readonly column: SortableColumn
}

function Heading({ column, sort, onSort }: HeadingProps) {
  const { t } = useTranslation('users')
  const active = sort.by === column
  const descending = active && sort.descending
  const Icon = descending ? IconArrowDown : IconArrowUp
  const name = t(`column.${column}`)
  return (
    <Table.Th aria-sort={active ? (descending ? 'descending' : 'ascending') : 'none'}>
      <UnstyledButton
        className={classes.head}
        fz="sm"
        title={t('sort', { column: name })}
        onClick={() => onSort({ by: column, descending: active && !sort.descending })}
      >
        {name}
        <Icon size={14} stroke={2} className={classes.order} data-active={active} aria-hidden />
      </UnstyledButton>
    </Table.Th>
  )
}
