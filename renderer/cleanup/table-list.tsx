import { Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { TableRegion } from '#renderer/ui/table-region.tsx'
import { useFormat } from '#renderer/words.ts'
import type { PlannedTable } from '#shared/cleanup.ts'
import { useAmounts } from './amounts.ts'
import classes from './list.module.css'
import { tableName } from './table-name.ts'
import { VerdictSign } from './verdict.tsx'

interface TableListProps {
  readonly caption: string
  readonly tables: readonly PlannedTable[]
}

/** The tables of one group: what goes first, then what stays. */
export function TableList({ caption, tables }: TableListProps) {
  const { t } = useTranslation('cleanup')
  const { integer } = useFormat()
  const { t: common } = useTranslation()
  const rank = ({ verdict, deleted }: PlannedTable) => (verdict === 'ask' ? -1e15 : -deleted)
  const ordered = tables.toSorted(
    (a, b) => rank(a) - rank(b) || (b.rows ?? 0) - (a.rows ?? 0) || a.key.localeCompare(b.key),
  )
  return (
    <TableRegion label={caption} verticalSpacing={6} horizontalSpacing="xs" className={classes.tables}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('table.name')}</Table.Th>
          <Table.Th>{t('table.verdict')}</Table.Th>
          <Table.Th className={classes.number}>{t('table.rows')}</Table.Th>
          <Table.Th className={classes.number}>{t('table.deleted')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {ordered.map((table) => (
          <Table.Tr key={table.key} data-table={table.key} data-verdict={table.verdict}>
            <Table.Th scope="row" className={classes.name}>
              {tableName(table.key)}
            </Table.Th>
            <Table.Td>
              <VerdictSign verdict={table.verdict} />
              <Why table={table} />
            </Table.Td>
            <Table.Td className={classes.number}>
              {table.rows === null ? (
                <span title={t('table.unreadable')}>{common('unit.dash')}</span>
              ) : (
                integer(table.rows)
              )}
            </Table.Td>
            <Table.Td className={classes.number}>{integer(table.deleted)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </TableRegion>
  )
}

function Why({ table }: { readonly table: PlannedTable }) {
  const { t } = useTranslation('cleanup')
  const { of } = useAmounts()
  const { reason, path, cleared, triggersHeld, key } = table
  const more = [
    ...(path.length > 0 ? [[key, ...path.map(({ to }) => to)].map(tableName).join(' → ')] : []),
    ...cleared.map(({ columns, rows }) => t('table.clears', { columns: columns.join(', '), rows: of('rows', rows) })),
    ...(triggersHeld.length > 0 ? [t('table.held', { names: triggersHeld.join(', ') })] : []),
  ]
  return (
    <div className={classes.why}>
      {t(`reason.${reason.code}`, named(reason.params))}
      {more.length > 0 ? (
        <details className={classes.more}>
          <summary aria-label={t('table.showPath', { table: key })}>{t('table.path')}</summary>
          {more.map((line) => (
            <div key={line} className={classes.name}>
              {line}
            </div>
          ))}
        </details>
      ) : null}
    </div>
  )
}

/** The values of a reason, with the table it names as a person reads it. */
function named(params: PlannedTable['reason']['params']): PlannedTable['reason']['params'] {
  return typeof params.to === 'string' ? { ...params, to: tableName(params.to) } : params
}
