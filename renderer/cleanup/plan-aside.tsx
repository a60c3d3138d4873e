import { Anchor, Loader, Paper, Skeleton, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconEraser, IconShieldCheck, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCurrentProfile } from '#renderer/connection/data.ts'
import { EnvironmentBadge } from '#renderer/ui/environment-badge.tsx'
import { useFormat } from '#renderer/words.ts'
import type { CleanupPlan } from '#shared/cleanup.ts'
import { useAmounts } from './amounts.ts'
import type { PlanView } from './data.ts'
import { useRunJob } from './data-run.ts'
import { goToStep, useDraft } from './draft.ts'
import { missingOf } from './missing.ts'
import { MissingItems } from './missing-items.tsx'
import classes from './plan-aside.module.css'
import { lastingRefusals } from './refusals.ts'

/** The consequences, beside every step: what goes, what stays, what is cleared, and what is still open. */
export function PlanAside({ view }: { readonly view: PlanView }) {
  const { t } = useTranslation('cleanup')
  const profile = useCurrentProfile()
  const { plan, stale, fetching } = view
  return (
    <Paper component="aside" className={classes.aside} aria-labelledby="cleanup-plan" aria-busy={fetching}>
      <div className={classes.head}>
        <Title order={2} size="h5" id="cleanup-plan">
          {t('aside.title')}
        </Title>
        {fetching ? <Loader size={14} aria-hidden /> : null}
      </div>
      {profile ? (
        <div className={classes.place}>
          <EnvironmentBadge environment={profile.environment} />
          <Text size="sm" truncate title={profile.database} fw={600}>
            {profile.database}
          </Text>
        </div>
      ) : null}
      {plan ? (
        <div className={classes.body} data-stale={stale}>
          <Totals plan={plan} />
          <Standing plan={plan} />
        </div>
      ) : (
        <Skeleton height={220} />
      )}
      <div role="status" className={classes.voice}>
        {fetching ? t(plan ? 'aside.updating' : 'aside.calculating') : ''}
      </div>
    </Paper>
  )
}

function Totals({ plan: { totals } }: { readonly plan: CleanupPlan }) {
  const { t } = useTranslation('cleanup')
  const { integer } = useFormat()
  const { of } = useAmounts()
  const items = [
    { kind: 'deleted', Icon: IconTrash, count: totals.deletedRows, tables: totals.deletedTables, thing: 'rows' },
    { kind: 'kept', Icon: IconShieldCheck, count: totals.keptRows, tables: totals.keptTables, thing: 'rows' },
    { kind: 'cleared', Icon: IconEraser, count: totals.clearedColumns, tables: totals.clearedTables, thing: 'columns' },
  ] as const
  return (
    <dl className={classes.totals}>
      {items.map(({ kind, Icon, count, tables, thing }) => (
        <div key={kind} className={classes.total} data-kind={kind} data-total={kind}>
          <dt>
            <Icon size={17} stroke={1.8} aria-hidden className={kind === 'deleted' ? undefined : classes.calm} />
            {t(`aside.${kind}`)}
          </dt>
          <dd>
            <b>{integer(count)}</b>{' '}
            {t('amount.in', { what: t(`unit.${thing}`, { count }), where: of('tables', tables) })}
          </dd>
        </div>
      ))}
      <div className={classes.patients} data-total="patients">
        <dt>{t('aside.patients')}</dt>
        <dd>{integer(totals.patients)}</dd>
      </div>
    </dl>
  )
}

function Standing({ plan }: { readonly plan: CleanupPlan }) {
  const { t } = useTranslation('cleanup')
  const { step } = useDraft()
  const run = useRunJob()
  // Beside the result nothing more is to be decided or rehearsed: what was planned has been done.
  if (step === 'result' && run?.state === 'done') {
    return (
      <div className={classes.standing} data-standing="done">
        <IconCircleCheck size={17} aria-hidden className={classes.sign} />
        <Text size="sm">{t('aside.done')}</Text>
      </div>
    )
  }
  if (lastingRefusals(plan).length > 0) {
    return (
      <div className={classes.standing} data-standing="blocked">
        <IconAlertTriangle size={17} aria-hidden className={classes.sign} data-standing="blocked" />
        <Anchor component="button" type="button" size="sm" onClick={() => goToStep('database')}>
          {t('aside.blocked')}
        </Anchor>
      </div>
    )
  }
  if (missingOf(plan).length > 0) {
    return (
      <div className={classes.standing} data-standing="open">
        <IconAlertTriangle size={17} aria-hidden className={classes.sign} data-standing="open" />
        <div>
          <Text size="sm" fw={650}>
            {t('aside.missing')}
          </Text>
          <ul className={classes.open}>
            <MissingItems plan={plan} />
          </ul>
        </div>
      </div>
    )
  }
  return (
    <div className={classes.standing} data-standing={plan.decided ? 'ready' : 'open'}>
      <IconCircleCheck size={17} aria-hidden className={classes.sign} />
      <Text size="sm">{t('aside.ready')}</Text>
    </div>
  )
}
