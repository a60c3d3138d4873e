import { Button, Table, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { TableRegion } from '#renderer/ui/table-region.tsx'
import type { ServerSession, SessionsView } from '#shared/monitoring-sessions.ts'
import { useSessionWords } from './session-words.ts'
import classes from './sessions.module.css'

interface SessionsTableProps {
  readonly view: SessionsView
  readonly onEnd: (session: ServerSession) => void
}

/** Every session that a program has on the clinic's database, the most urgent first. */
export function SessionsTable({ view, onEnd }: SessionsTableProps) {
  const { t } = useSessionWords()
  const { sessions, total } = view
  if (sessions.length === 0) return <Text size="sm">{t('table.empty')}</Text>
  return (
    <TableRegion
      label={t('table.title')}
      tall
      horizontalSpacing="xs"
      fz="sm"
      foot={
        <>
          {total > sessions.length ? (
            <Text size="sm" p="xs">
              {t('table.more', { shown: sessions.length, total })}
            </Text>
          ) : null}
          <Text size="xs" c="dimmed" p="xs">
            {t('table.literals')}
          </Text>
        </>
      }
    >
      <Table.Thead>
        <Table.Tr>
          <Table.Th className={classes.number}>{t('table.pid')}</Table.Th>
          <Table.Th>{t('table.application')}</Table.Th>
          <Table.Th>{t('table.client')}</Table.Th>
          <Table.Th>{t('table.state')}</Table.Th>
          <Table.Th className={classes.number}>{t('table.age')}</Table.Th>
          <Table.Th>{t('table.statement')}</Table.Th>
          <Table.Th>{t('table.action')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {sessions.map((session) => (
          <Row key={session.pid} session={session} onEnd={onEnd} />
        ))}
      </Table.Tbody>
    </TableRegion>
  )
}

function Row({ session, onEnd }: { readonly session: ServerSession } & Pick<SessionsTableProps, 'onEnd'>) {
  const { t, duration, application, client } = useSessionWords()
  const { pid, level, state, blockedBy, blocks, protection, user, statement, seconds } = session
  return (
    <Table.Tr data-pid={pid} data-level={level} className={classes.row}>
      <Table.Th scope="row" className={classes.number}>
        {pid}
      </Table.Th>
      <Table.Td>
        <Text size="sm" fw={500} className={classes.wrap}>
          {application(session.application)}
        </Text>
        <Text size="xs" c="dimmed" className={classes.wrap}>
          {user}
        </Text>
      </Table.Td>
      <Table.Td className={`${classes.wrap} ${classes.client}`}>{client(session)}</Table.Td>
      <Table.Td>
        <Text size="sm">{t(`state.${state}`)}</Text>
        {level === 'ok' ? null : (
          <Text size="xs" fw={650} className={classes.level}>
            <IconAlertTriangle size={13} aria-hidden />
            {t(`level.${level}`)}
          </Text>
        )}
        {blockedBy.length > 0 ? (
          <Text size="xs">{t('table.blockedBy', { count: blockedBy.length, pids: blockedBy.join(', ') })}</Text>
        ) : null}
        {blocks.length > 0 ? (
          <Text size="xs">{t('table.blocks', { count: blocks.length, pids: blocks.join(', ') })}</Text>
        ) : null}
      </Table.Td>
      <Table.Td className={classes.number}>{duration(seconds)}</Table.Td>
      <Table.Td>
        <span className={classes.code}>{statement ?? t('table.unseen')}</span>
      </Table.Td>
      <Table.Td>
        {protection === null ? (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t('end.openLabel', { pid, application: application(session.application) })}
            onClick={() => onEnd(session)}
          >
            {t('end.open')}
          </Button>
        ) : (
          <Text size="xs" c="dimmed">
            {t(`protection.${protection}`)}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  )
}
