import { Paper, Progress, Stack, Table, Text, Title } from '@mantine/core'
import { TableRegion } from '#renderer/ui/table-region.tsx'
import { useFormat } from '#renderer/words.ts'
import type { SessionsView } from '#shared/monitoring-sessions.ts'
import { useSessionWords } from './session-words.ts'
import classes from './sessions.module.css'

/** Who is connected, program by program, and how much room the server has left. */
export function SessionsSummary({ view: { applications, slots } }: { readonly view: SessionsView }) {
  const { t, application } = useSessionWords()
  const { integer } = useFormat()
  const usable = slots.max - slots.reserved
  const share = Math.min(100, (slots.used / Math.max(1, usable)) * 100)
  const values = { used: integer(slots.used), usable: integer(usable) }
  const columns = ['total', 'active', 'idle', 'inTransaction', 'unseen'] as const
  return (
    <div className={classes.summary}>
      <Paper p="sm">
        <Title order={2} size="h5" mb={4}>
          {t('applications.title')}
        </Title>
        <TableRegion label={t('applications.title')} bare verticalSpacing={3} horizontalSpacing="xs" fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('applications.application')}</Table.Th>
              {columns.map((column) => (
                <Table.Th key={column} className={classes.number}>
                  {t(`applications.${column}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {applications.map((group) => (
              <Table.Tr key={group.application} data-application={group.application} data-level={group.level}>
                <Table.Th scope="row" fw={500} className={classes.wrap}>
                  {application(group.application)}
                  {group.own ? (
                    <Text span size="xs" c="dimmed">
                      {` · ${t('applications.own')}`}
                    </Text>
                  ) : null}
                </Table.Th>
                {columns.map((column) => (
                  <Table.Td key={column} className={classes.number}>
                    {integer(group[column])}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </TableRegion>
      </Paper>
      <Paper p="sm" component="section" aria-label={t('slots.title')}>
        <Stack gap={6}>
          <Title order={2} size="h5">
            {t('slots.title')}
          </Title>
          <Text fw={650} className="numbers">
            {t('slots.used', values)}
          </Text>
          <Progress
            value={share}
            color={share > 85 ? 'red' : 'accent'}
            aria-label={t('slots.meter', values)}
            size="sm"
          />
          <Text size="sm" c="dimmed" className="numbers">
            {t('slots.detail', { max: integer(slots.max), reserved: integer(slots.reserved) })}
          </Text>
        </Stack>
      </Paper>
    </div>
  )
}
