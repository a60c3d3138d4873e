import { Code, Stack, Text } from '@mantine/core'
import { IconBan, IconCircleCheck, IconInfoCircle, IconKey } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '#renderer/ui/copy-button.tsx'
import type { CleanupPlan } from '#shared/cleanup.ts'
import { useAmounts } from './amounts.ts'
import classes from './list.module.css'
import { Part } from './part.tsx'
import { curesOf, groupRefusals, type RefusalGroup } from './refusals.ts'
import { tableName } from './table-name.ts'

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
  const statements = curesOf(
    groups.flatMap(({ refusals }) => refusals),
    plan,
  ).join('\n')
  return (
    <Stack gap={8}>
      {groups.map((group) => (
        <Refusals key={`${group.code} ${JSON.stringify(group.refusals[0]?.params)}`} group={group} />
      ))}
      {statements === '' ? null : (
        <div data-part="cure">
          <Text size="sm">{t(groups.some(({ cured }) => cured) ? 'rights.sql' : 'rights.fix')}</Text>
          <Code block className={classes.code} tabIndex={0}>
            {statements}
          </Code>
          <CopyButton text={statements} label={t('rights.copy')} />
        </div>
      )}
    </Stack>
  )
}

/** One kind of refusal: each in its sentence, or in one for all where it repeats, with the tables on demand. */
function Refusals({ group: { code, refusals } }: { readonly group: RefusalGroup }) {
  const { t } = useTranslation('cleanup')
  const { of } = useAmounts()
  const [first] = refusals
  if (!first) return null
  const { owner, privilege } = first.params
  const tables = of('tables', refusals.length)
  const together =
    refusals.length < 3
      ? null
      : code === 'NOT_OWNER'
        ? t('rights.ownerOf', { tables, owner: String(owner) })
        : code === 'RIGHT_MISSING'
          ? t('rights.missing', { tables, privilege: String(privilege) })
          : null
  return (
    <div className={classes.lines} data-refusal={code}>
      {together === null ? (
        <ul className={classes.plain}>
          {refusals.map(({ params }) => (
            <li key={JSON.stringify(params)}>{t(`refusal.${code}`, params)}</li>
          ))}
        </ul>
      ) : (
        <details className={classes.more}>
          <summary>{together}</summary>
          <ul className={classes.plain}>
            {refusals.map(({ params }) => (
              <li key={String(params.table)}>{tableName(String(params.table))}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}
