import { Switch, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TableRegion } from '#renderer/ui/table-region.tsx'
import { useFormat } from '#renderer/words.ts'
import type { RehearsedTable } from '#shared/cleanup.ts'
import classes from './list.module.css'
import { Part } from './part.tsx'
import { tableName } from './table-name.ts'

const figures = ['before', 'deleted', 'cleared', 'after'] as const

interface OutcomeTableProps {
  readonly title: string
  readonly tables: readonly RehearsedTable[]
}

/** Rows before, deleted, cleared and left, table by table, as they were counted under lock. */
export function OutcomeTable({ title, tables }: OutcomeTableProps) {
  const { t } = useTranslation('cleanup')
  const { integer } = useFormat()
  const [onlyChanged, setOnlyChanged] = useState(true)
  const changed = tables.filter(({ deleted, cleared }) => deleted > 0 || cleared > 0)
  const shown = (onlyChanged ? changed : tables).toSorted(
    (a, b) => b.deleted - a.deleted || b.cleared - a.cleared || a.key.localeCompare(b.key),
  )
  const sum = (figure: (typeof figures)[number]) => shown.reduce((total, table) => total + table[figure], 0)
  return (
    <Part title={title}>
      <Switch
        label={t('outcome.onlyChanged')}
        checked={onlyChanged}
        onChange={(event) => setOnlyChanged(event.currentTarget.checked)}
      />
      {shown.length === 0 ? (
        <Text size="sm">{t('outcome.unchanged')}</Text>
      ) : (
        <TableRegion label={title} tall>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('table.name')}</Table.Th>
              {figures.map((figure) => (
                <Table.Th key={figure} className={classes.number}>
                  {t(`outcome.${figure}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((table) => (
              <Table.Tr key={table.key} data-outcome-table={table.key}>
                <Table.Th scope="row" className={classes.name}>
                  {tableName(table.key)}
                </Table.Th>
                {figures.map((figure) => (
                  <Table.Td
                    key={figure}
                    className={table[figure] === 0 ? `${classes.number} ${classes.quiet}` : classes.number}
                    data-figure-of={figure}
                  >
                    {integer(table[figure])}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
            <Table.Tr className={classes.total}>
              <Table.Th scope="row">{t('outcome.total')}</Table.Th>
              {figures.map((figure) => (
                <Table.Td key={figure} className={classes.number}>
                  {integer(sum(figure))}
                </Table.Td>
              ))}
            </Table.Tr>
          </Table.Tbody>
        </TableRegion>
      )}
    </Part>
  )
}
