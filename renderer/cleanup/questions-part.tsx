import { Radio, Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconHelpCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type CleanupPlan, type Question, type TableDecision, tableDecisionSchema } from '#shared/cleanup.ts'
import { useAmounts } from './amounts.ts'
import { ChoiceCard } from './choice-card.tsx'
import { decide, useDraft } from './draft.ts'
import { Part } from './part.tsx'
import { tableName } from './table-name.ts'

/** The tables about which a person must decide before anything can run; those decided stay, to be changed. */
export function QuestionsPart({ plan }: { readonly plan: CleanupPlan }) {
  const { t } = useTranslation('cleanup')
  if (plan.questions.length === 0) return null
  const open = plan.questions.some(({ decided }) => decided === null)
  return (
    <Part
      tone={open ? 'open' : 'plain'}
      title={t('what.questions')}
      note={t('what.questionsBody')}
      icon={open ? <IconHelpCircle size={18} aria-hidden /> : <IconCircleCheck size={18} aria-hidden />}
    >
      {plan.questions.map((question) => (
        <QuestionCard key={question.table} question={question} />
      ))}
    </Part>
  )
}

function QuestionCard({ question }: { readonly question: Question }) {
  const { t } = useTranslation('cleanup')
  const { of } = useAmounts()
  const { table, rows, reason, references, options } = question
  const { decisions } = useDraft()
  const decided = decisions.tables[table] ?? null
  return (
    <ChoiceCard
      name={table}
      title={t('what.question', { table: tableName(table), rows: of('rows', rows) })}
      decided={decided !== null}
      value={decided}
      onChange={(value) => {
        const answer: TableDecision = tableDecisionSchema.parse(value)
        decide(({ tables }) => ({ tables: { ...tables, [table]: answer } }))
      }}
      about={
        <>
          <Text size="sm">{t(`reason.${reason}`)}</Text>
          {references.map(({ constraint, columns, to, onDelete }) => (
            <Text size="sm" c="dimmed" key={constraint}>
              {t('what.onDelete', {
                reference: t('what.reference', { columns: columns.join(', '), to: tableName(to) }),
                action: t(`action.${onDelete}`),
              })}
            </Text>
          ))}
        </>
      }
    >
      <Stack gap={6}>
        {options.map((option) => (
          <Radio key={option} value={option} label={t(`decision.${option}`)} />
        ))}
      </Stack>
    </ChoiceCard>
  )
}
