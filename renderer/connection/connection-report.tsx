import { Alert, List, Stack, Table } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/words.ts'
import type { TestReport } from '#shared/connection.ts'

/** What was found on the other side, and what deserves a word. */
export function ConnectionReport({ report }: { readonly report: TestReport }) {
  const { t } = useTranslation('connection')
  const { integer } = useFormat()
  const { tls, warnings } = report
  const encryption = tls.on
    ? tls.protocol
      ? t('report.tlsOn', { protocol: tls.protocol })
      : t('report.tlsOnPlain')
    : t('report.tlsOff')
  const rows: readonly (readonly [string, string])[] = [
    [t('report.server'), t('report.serverValue', { version: report.serverVersion })],
    [
      t('report.database'),
      t('report.databaseValue', { ...report, count: report.tables, tables: integer(report.tables) }),
    ],
    [t('report.role'), report.role],
    [t('report.tls'), encryption],
    ...(report.pooler ? ([[t('report.pooler'), t('report.poolerYes')]] as const) : []),
    [t('report.time'), t('report.milliseconds', { value: integer(report.milliseconds) })],
  ]
  return (
    <Alert
      role="status"
      color="accent"
      variant="light"
      icon={<IconCircleCheck size={20} aria-hidden />}
      title={warnings.length > 0 ? t('report.titleWarnings') : t('report.title')}
    >
      <Stack gap="xs">
        <Table withRowBorders={false} verticalSpacing={2} layout="auto">
          <Table.Tbody>
            {rows.map(([name, value]) => (
              <Table.Tr key={name}>
                <Table.Th scope="row" w={120} fw={500}>
                  {name}
                </Table.Th>
                <Table.Td>{value}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {warnings.length > 0 ? (
          <List size="sm" spacing={4}>
            {warnings.map((warning) => (
              <List.Item key={warning}>{t(`report.warnings.${warning}`)}</List.Item>
            ))}
          </List>
        ) : null}
      </Stack>
    </Alert>
  )
}
