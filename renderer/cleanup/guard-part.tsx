import { NumberInput, Radio, Stack } from '@mantine/core'
import { IconCircleCheck, IconUserHeart } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CleanupPlan, GuardSignal } from '#shared/cleanup.ts'
import { useAmounts } from './amounts.ts'
import { ChoiceCard } from './choice-card.tsx'
import { decide, useDraft } from './draft.ts'
import { Part } from './part.tsx'

/** What looks like real patients: each sign wants a decision of its own. */
export function GuardPart({ plan }: { readonly plan: CleanupPlan }) {
  const { t } = useTranslation('cleanup')
  const { decisions } = useDraft()
  if (plan.guard.length === 0) return null
  const open = plan.guard.some(({ decided }) => decided === null)
  return (
    <Part
      tone={open ? 'open' : 'plain'}
      title={t('what.guard')}
      note={t('what.guardBody')}
      icon={open ? <IconUserHeart size={18} aria-hidden /> : <IconCircleCheck size={18} aria-hidden />}
    >
      {plan.guard.map((signal) => (
        <SignalCard key={signal.name} signal={signal} />
      ))}
      <NumberInput
        label={t('what.recentDays')}
        w={250}
        min={1}
        max={730}
        clampBehavior="strict"
        allowDecimal={false}
        allowNegative={false}
        value={decisions.recentDays}
        onChange={(value) => {
          const days = Number(value)
          if (Number.isInteger(days) && days >= 1 && days <= 730) decide(() => ({ recentDays: days }))
        }}
      />
    </Part>
  )
}

function SignalCard({ signal: { name, rows, patients } }: { readonly signal: GuardSignal }) {
  const { t } = useTranslation('cleanup')
  const { of } = useAmounts()
  const decided = useDraft().decisions.guard[name]
  return (
    <ChoiceCard
      name={`guard.${name}`}
      title={t('what.signal', { name: t(`guard.${name}`), rows: of('rows', rows), patients: of('patients', patients) })}
      decided={decided !== null}
      value={decided}
      onChange={(value) =>
        decide(({ guard }) => ({ guard: { ...guard, [name]: value === 'keep' ? 'keep' : 'delete' } }))
      }
    >
      <Stack gap={6} mt={4}>
        <Radio value="keep" label={t('guard.keep')} />
        <Radio value="delete" label={t('guard.delete')} />
      </Stack>
    </ChoiceCard>
  )
}
