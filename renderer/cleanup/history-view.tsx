import { Skeleton, Stack, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCurrentProfile } from '#renderer/connection/data.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { TableRegion } from '#renderer/ui/table-region.tsx'
import { ZoneNote } from '#renderer/ui/zone-note.tsx'
import { useAmounts } from './amounts.ts'
import { useHistory } from './data-restore.ts'
import classes from './list.module.css'
import { Part } from './part.tsx'
import { SealPart } from './seal-part.tsx'
import { useClinicInstant } from './use-clinic-instant.ts'

const columns = ['at', 'what', 'by', 'database', 'amount', 'backup', 'outcome'] as const

/** Historial: who cleaned or restored what and when, and whether the database is sealed. */
export function HistoryView() {
  const { t } = useTranslation('cleanup')
  const instant = useClinicInstant()
  const zone = useCurrentProfile()?.zone
  const { rowsIn } = useAmounts()
  const history = useHistory()
  return (
    <Stack gap="sm">
      <SealPart />
      {history.error ? <ErrorNotice error={history.error} onRetry={() => void history.refetch()} /> : null}
      {history.isPending ? <Skeleton height={120} /> : null}
      {history.data?.length === 0 ? <Part order={2} title={t('history.none')} note={t('history.noneBody')} /> : null}
      {history.data && history.data.length > 0 ? (
        <TableRegion label={t('history.title')}>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <Table.Th key={column}>{t(`history.${column}`)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {history.data.map((entry) => (
              <Table.Tr key={entry.id} data-history={entry.outcome}>
                <Table.Td>{instant(entry.at)}</Table.Td>
                <Table.Th scope="row">{t(`history.kind.${entry.kind}`)}</Table.Th>
                <Table.Td>{entry.by}</Table.Td>
                <Table.Td>{entry.database}</Table.Td>
                <Table.Td>{rowsIn(entry.rows, entry.tables)}</Table.Td>
                <Table.Td className={classes.name}>{entry.backup?.name ?? t('history.noBackup')}</Table.Td>
                <Table.Td>
                  {t(`history.ended.${entry.outcome}`)}
                  <Text size="xs" c="dimmed">
                    {entry.remembered.map((place) => t(`history.remembered.${place}`)).join(' · ')}
                  </Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </TableRegion>
      ) : null}
      <ZoneNote zone={zone} />
    </Stack>
  )
}
