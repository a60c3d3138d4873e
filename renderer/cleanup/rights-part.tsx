import { Code, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconBan, IconCircleCheck, IconInfoCircle, IconKey } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '#renderer/ui/copy-button.tsx'
import type { CleanupPlan } from '#shared/cleanup.ts'
import { useAmounts } from './amounts.ts'
import classes from './list.module.css'
import { Part } from './part.tsx'
import { cure, groupRefusals, type RefusalGroup } from './refusals.ts'

/** Whether this role may do it; if not, exactly which right is missing and the statement that gives it. */
export function RightsPart({ plan }: { readonly plan: CleanupPlan }) {
  const { t } = useTranslation('cleanup')
  const groups = groupRefusals(plan.refusals)
  const lasting = groups.filter((group) => !group.cured)
  const cured = groups.filter((group) => group.cured)
  return (
    <>
      {groups.length === 0 ? (
        <Part title={t('rights.fine')} icon={<IconCircleCheck size={18} aria-hidden />} note={t('rights.fineBody')} />
      ) : null}
      {lasting.length > 0 ? (
        <Part tone="blocked" title={t('rights.blocked')} icon={<IconBan size={18} aria-hidden />}>
          <Text size="sm">{t('rights.blockedBody')}</Text>
          <Refused groups={lasting} plan={plan} />
        </Part>
      ) : null}
      {cured.length > 0 ? (
        <Part tone="open" title={t('rights.owner')} icon={<IconKey size={18} aria-hidden />}>
          <Text size="sm">{t('rights.ownerBody')}</Text>
          <Refused groups={cured} plan={plan} />
        </Part>
      ) : null}
      {plan.notes.length > 0 ? (
        <Part title={t('rights.notes')} icon={<IconInfoCircle size={18} aria-hidden />}>
          <ul className={classes.plain}>
            {plan.notes.map(({ code, params }) => (
              <li key={`${code} ${JSON.stringify(params)}`}>{t(`note.${code}`, params)}</li>
            ))}
          </ul>
        </Part>
      ) : null}
    </>
  )
}

interface RefusedProps {
  readonly groups: readonly RefusalGroup[]
  readonly plan: CleanupPlan
}

function Refused({ groups, plan }: RefusedProps) {
  const { t } = useTranslation('cleanup')
  const statements = [
    ...new Set(groups.flatMap(({ refusals }) => refusals.map((refusal) => cure(refusal, plan)))),
  ].filter((statement) => statement !== null)
  return (
    <Stack gap={8}>
      {groups.map((group) => (
        <Group key={`${group.code} ${String(group.refusals[0]?.params.owner ?? '')}`} group={group} />
      ))}
      {statements.length > 0 ? (
        <div data-part="cure">
          <Text size="sm">{t('rights.sql')}</Text>
          <Code block className={classes.code} tabIndex={0}>
            {statements.join('\n')}
          </Code>
          <CopyButton text={statements.join('\n')} label={t('rights.copy')} />
        </div>
      ) : null}
    </Stack>
  )
}

/** One kind of refusal: in one sentence where it repeats, with the tables on demand. */
function Group({ group: { code, refusals } }: { readonly group: RefusalGroup }) {
  const { t } = useTranslation('cleanup')
  const { of } = useAmounts()
  const [first] = refusals
  const several = code === 'NOT_OWNER' && refusals.length > 1
  const lines = refusals.map(({ params }) => t(`refusal.${code}`, params))
  return (
    <div className={classes.lines} data-refusal={code}>
      {several ? (
        <>
          <Text size="sm" className={classes.fact}>
            <IconAlertTriangle size={16} aria-hidden />
            {t('rights.ownerOf', { tables: of('tables', refusals.length), owner: String(first?.params.owner ?? '') })}
          </Text>
          <details className={classes.more}>
            <summary>{t('rights.more')}</summary>
            <ul className={classes.plain}>
              {refusals.map(({ params }) => (
                <li key={String(params.table)}>{params.table}</li>
              ))}
            </ul>
          </details>
        </>
      ) : (
        <ul className={classes.plain}>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
