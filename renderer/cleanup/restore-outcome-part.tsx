import { Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconBan, IconCircleCheck } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/words.ts'
import type { BackupContent } from '#shared/cleanup-backup.ts'
import type { RestoreOutcome, RestorePlan, VerifyOutcome } from '#shared/cleanup-run.ts'
import { useAmounts, useDuration } from './amounts.ts'
import list from './list.module.css'
import classes from './outcome-part.module.css'
import { Part } from './part.tsx'
import { tableName } from './table-name.ts'
import { useClinicInstant } from './use-clinic-instant.ts'

type Ended = RestorePlan | RestoreOutcome | VerifyOutcome

/** What came of checking, planning, rehearsing or restoring. */
export function RestoreOutcomePart({ outcome }: { readonly outcome: Ended }) {
  const { t } = useTranslation('cleanup')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true })
  }, [])
  const blocked = outcome.kind === 'restorePlan' && outcome.obstacles.length > 0
  const Icon = blocked ? IconBan : IconCircleCheck
  return (
    <>
      <section className={classes.outcome} aria-labelledby="restore-outcome" data-outcome={outcome.kind}>
        <Title order={3} size="h5" id="restore-outcome" ref={heading} tabIndex={-1} className={classes.title}>
          <Icon size={22} stroke={1.8} aria-hidden />
          {t(blocked ? 'restore.ended.blocked' : `restore.ended.${outcome.kind}`)}
        </Title>
        <Content content={outcome.content} />
        {'tables' in outcome ? <Proof outcome={outcome} /> : null}
      </section>
      {outcome.kind === 'restorePlan' ? <Obstacles plan={outcome} /> : null}
    </>
  )
}

function Content({ content }: { readonly content: BackupContent }) {
  const { t } = useTranslation('cleanup')
  const { integer } = useFormat()
  const instant = useClinicInstant()
  const { rowsIn } = useAmounts()
  const gone = content.tables.filter(({ role }) => role === 'deleted')
  const rows = gone.reduce((sum, table) => sum + table.rows, 0)
  return (
    <>
      <Text size="sm">
        {t('restore.content', {
          ...{ what: rowsIn(rows, gone.length), database: content.database },
          when: instant(content.createdAt),
        })}
      </Text>
      <details className={list.more}>
        <summary>{t('restore.tables')}</summary>
        <ul className={list.plain}>
          {content.tables.map(({ key, rows: count, role }) => (
            <li key={`${key} ${role}`}>
              {t(`restore.role.${role}`, { table: tableName(key), count, amount: integer(count) })}
            </li>
          ))}
        </ul>
      </details>
    </>
  )
}

function Proof({ outcome }: { readonly outcome: RestoreOutcome }) {
  const { t } = useTranslation('cleanup')
  const { of } = useAmounts()
  const time = useDuration()
  return (
    <>
      <Text size="sm">
        {t('restore.proven', { tables: of('tables', outcome.proven), time: time(outcome.milliseconds) })}
      </Text>
      {outcome.changedSince.length > 0 ? (
        <Text size="sm">
          {t('restore.changedSince', { tables: outcome.changedSince.map((key) => tableName(key)).join(', ') })}
        </Text>
      ) : null}
    </>
  )
}

function Obstacles({ plan: { obstacles, occupied } }: { readonly plan: RestorePlan }) {
  const { t } = useTranslation('cleanup')
  const { of } = useAmounts()
  return (
    <>
      {obstacles.length > 0 ? (
        <Part tone="blocked" title={t('restore.obstacles')} icon={<IconBan size={18} aria-hidden />}>
          <ul className={list.plain} data-part="obstacles">
            {obstacles.map(({ code, params }) => (
              <li key={`${code} ${JSON.stringify(params)}`}>{t(`obstacle.${code}`, params)}</li>
            ))}
          </ul>
        </Part>
      ) : null}
      {occupied.length > 0 ? (
        <Part tone="open" title={t('restore.occupied')} icon={<IconAlertTriangle size={18} aria-hidden />}>
          <ul className={list.plain}>
            {occupied.map(({ key, rows }) => (
              <li key={key}>{t('restore.occupiedLine', { table: tableName(key), rows: of('rows', rows) })}</li>
            ))}
          </ul>
        </Part>
      ) : null}
    </>
  )
}
