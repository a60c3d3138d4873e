import { Alert, Table, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { TableRegion } from '#renderer/ui/table-region.tsx'
import { useFormat } from '#renderer/words.ts'
import type { OtherSession } from '#shared/cleanup.ts'
import classes from './list.module.css'
import { splitSessions, stateWord } from './sessions.ts'

/** Who else is connected: each of them can write, and make the rehearsal give way. */
export function SessionsTable({ sessions }: { readonly sessions: readonly OtherSession[] }) {
  const { t } = useTranslation('cleanup')
  const { integer } = useFormat()
  const { others, ours } = splitSessions(sessions)
  if (others.length === 0) {
    return (
      <Text size="sm" className={classes.fact}>
        <IconCircleCheck size={17} stroke={1.8} aria-hidden />
        {ours ? t('base.sessionsOwn') : t('base.sessionsNone')}
      </Text>
    )
  }
  const columns = ['application', 'user', 'client', 'state', 'count'] as const
  return (
    <>
      <Alert color="yellow" icon={<IconAlertTriangle size={20} aria-hidden />} p="sm">
        {t('base.sessionsOthers')}
      </Alert>
      <TableRegion label={t('base.sessions')}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column} className={column === 'count' ? classes.number : undefined}>
                {t(`base.${column}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {others.map((session) => (
            <Table.Tr key={[session.application, session.user, session.state, session.client].join(' ')}>
              <Table.Th scope="row" className={classes.name}>
                {session.application || t('base.unnamed')}
              </Table.Th>
              <Table.Td>{session.user ?? t('base.hidden')}</Table.Td>
              <Table.Td>{session.client ?? t(session.state === null ? 'base.hidden' : 'base.here')}</Table.Td>
              <Table.Td>
                {session.state === null ? t('base.hidden') : t(`sessionState.${stateWord(session.state)}`)}
              </Table.Td>
              <Table.Td className={classes.number}>{integer(session.count)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </TableRegion>
    </>
  )
}
