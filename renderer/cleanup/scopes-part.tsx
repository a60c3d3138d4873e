import { Switch, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/words.ts'
import type { CleanupPlan, Scope } from '#shared/cleanup.ts'
import { useAmounts } from './amounts.ts'
import { decide, useDraft } from './draft.ts'
import { Part } from './part.tsx'
import classes from './scopes-part.module.css'
import { tableName } from './table-name.ts'

const scopes = ['clinical', 'finance', 'stock', 'conversations', 'audit', 'podiatrists'] as const satisfies Scope[]
type SwitchedScope = (typeof scopes)[number]

interface ScopesPartProps {
  readonly plan: CleanupPlan
  readonly stale: boolean
}

/** The scopes as switches, each with what it means, what it takes, and what it leaves behind when off. */
export function ScopesPart({ plan, stale }: ScopesPartProps) {
  const { t } = useTranslation('cleanup')
  const { decisions } = useDraft()
  return (
    <Part title={t('what.scopes')}>
      <ul className={classes.scopes}>
        {scopes.map((scope) => (
          <li key={scope} className={classes.scope} data-scope={scope}>
            <ScopeSwitch scope={scope} plan={plan} stale={stale} on={decisions.scopes[scope]} />
          </li>
        ))}
        <li className={classes.scope}>
          <Described
            label={t('what.restart')}
            means={t('what.restartMeans')}
            on={decisions.restartIdentities}
            onChange={(on) => decide(() => ({ restartIdentities: on }))}
          />
        </li>
      </ul>
    </Part>
  )
}

function ScopeSwitch(props: ScopesPartProps & { readonly scope: SwitchedScope; readonly on: boolean }) {
  const { scope, plan, stale, on } = props
  const { t } = useTranslation('cleanup')
  const { of, rowsIn } = useAmounts()
  const { list } = useFormat()
  const tables = plan.tables.filter(({ group }) => group === scope)
  const keys = new Set(tables.map(({ key }) => key))
  const going = tables.filter(({ deleted }) => deleted > 0)
  const deleted = going.reduce((sum, table) => sum + table.deleted, 0)
  const holding = plan.residue.personal.filter(({ table }) => keys.has(table))
  const rows = rowsIn(deleted, going.length)
  return (
    <Described
      label={t(`scope.${scope}`)}
      means={t(`means.${scope}`)}
      on={on}
      onChange={(value) => decide(({ scopes: now }) => ({ scopes: { ...now, [scope]: value } }))}
    >
      <div className={classes.effect} data-stale={stale}>
        {deleted > 0 ? (
          <Text size="sm" className={classes.goes}>
            {on ? t('what.willGo', { rows }) : t('what.stillGo', { rows })}
          </Text>
        ) : null}
        {on && deleted === 0 && !stale ? (
          <Text size="sm" c="dimmed">
            {t('what.empty')}
          </Text>
        ) : null}
        {!on && holding.length > 0 ? (
          <Text size="sm" className={classes.holds}>
            <IconAlertTriangle size={15} stroke={1.9} aria-hidden />
            <span>
              {t('what.stillHolds', {
                tables: list(
                  holding.map(({ table, rows: count }) =>
                    t('what.holding', { table: tableName(table), rows: of('rows', count) }),
                  ),
                ),
              })}
            </span>
          </Text>
        ) : null}
      </div>
    </Described>
  )
}

interface DescribedProps {
  readonly label: string
  readonly means: string
  readonly on: boolean
  readonly onChange: (on: boolean) => void
  readonly children?: React.ReactNode
}

function Described({ label, means, on, onChange, children }: DescribedProps) {
  const id = useId()
  return (
    <>
      <Switch
        label={label}
        checked={on}
        onChange={(event) => onChange(event.currentTarget.checked)}
        aria-describedby={id}
        classNames={{ label: classes.label ?? '' }}
      />
      <div id={id} className={classes.means}>
        <Text size="sm" c="dimmed">
          {means}
        </Text>
        {children}
      </div>
    </>
  )
}
