import { Accordion, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CleanupPlan, PlannedTable } from '#shared/cleanup.ts'
import { useAmounts } from './amounts.ts'
import { changeDraft, useDraft } from './draft.ts'
import { Part } from './part.tsx'
import { TableList } from './table-list.tsx'
import classes from './tables-part.module.css'

const groups = [
  ...(['unknown', 'clinical', 'finance', 'stock', 'conversations', 'audit'] as const),
  ...(['podiatrists', 'users', 'satellite', 'settings'] as const),
] satisfies PlannedTable['group'][]

interface TablesPartProps {
  readonly plan: CleanupPlan
  readonly stale: boolean
}

/** Every table by group, with what happens to it and why. */
export function TablesPart({ plan, stale }: TablesPartProps) {
  const { t } = useTranslation('cleanup')
  const { openGroups } = useDraft()
  const { of } = useAmounts()
  const present = groups
    .map((group) => ({ group, tables: plan.tables.filter((table) => table.group === group) }))
    .filter(({ tables }) => tables.length > 0)
  const summary = (tables: readonly PlannedTable[]) => {
    const deleted = tables.reduce((sum, table) => sum + table.deleted, 0)
    const named = { tables: of('tables', tables.length) }
    if (tables.some(({ verdict }) => verdict === 'ask')) return t('table.groupAsk', named)
    return deleted > 0 ? t('table.groupSome', { ...named, rows: of('rows', deleted) }) : t('table.groupNone', named)
  }
  const toneOf = (tables: readonly PlannedTable[]) =>
    tables.some(({ verdict }) => verdict === 'ask')
      ? 'ask'
      : tables.some(({ deleted }) => deleted > 0)
        ? 'goes'
        : 'keep'
  return (
    <Part title={t('what.tables')} note={t('what.tablesBody')}>
      <Accordion
        multiple
        order={4}
        variant="contained"
        className={classes.groups}
        data-stale={stale}
        value={[...openGroups]}
        onChange={(open) => changeDraft({ openGroups: open })}
        transitionDuration={0}
      >
        {present.map(({ group, tables }) => (
          <Accordion.Item key={group} value={group} data-group={group}>
            <Accordion.Control>
              <span className={classes.head}>
                <span className={classes.name}>{t(`group.${group}`)}</span>
                <Text span size="sm" className={classes.sum} data-tone={toneOf(tables)}>
                  {summary(tables)}
                </Text>
              </span>
            </Accordion.Control>
            <Accordion.Panel>
              {openGroups.includes(group) ? <TableList caption={t(`group.${group}`)} tables={tables} /> : null}
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Part>
  )
}
