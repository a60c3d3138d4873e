import { NumberInput, Paper, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/words.ts'
import { poolDefaults } from '#shared/connection.ts'
import { connectionBudget, type Diagnosis } from '#shared/diagnosis.ts'
import classes from './diagnosis.module.css'

/** What a fresh PostgreSQL has, until a diagnosis measured this one. */
const usual = { max: 100, reserved: 3 } as const

/** Whether all pools together fit the server, with the sum written out. */
export function BudgetCard({ diagnosis, ours }: { readonly diagnosis: Diagnosis; readonly ours: number | null }) {
  const { t } = useTranslation('diagnosis')
  const { integer } = useFormat()
  const facts = diagnosis.probes.find(({ id }) => id === 'slots')?.facts
  const measured =
    typeof facts?.max === 'number' && typeof facts.reserved === 'number'
      ? { max: facts.max, reserved: facts.reserved }
      : null
  const [typed, setTyped] = useState<Readonly<Record<string, number>>>({})
  const values = {
    ...{ workstations: 3, ours: ours ?? poolDefaults.max, workers: 1, theirs: 20, spare: 10 },
    ...usual,
    ...measured,
    ...typed,
  }
  const budget = connectionBudget(values, values)
  const fields = ['workstations', 'ours', 'workers', 'theirs', 'spare', 'max', 'reserved'] as const
  const sum = {
    workstations: integer(values.workstations),
    ours: integer(values.ours),
    workers: integer(values.workers),
    theirs: integer(values.theirs),
    spare: integer(values.spare),
    needed: integer(budget.needed),
  }
  const room = {
    max: integer(values.max),
    reserved: integer(values.reserved),
    available: integer(budget.available),
  }
  const difference = Math.abs(budget.available - budget.needed)
  const outcome = {
    most: integer(budget.mostTheirs),
    enough: integer(budget.enough),
    count: difference,
    left: integer(difference),
    over: integer(difference),
  }
  return (
    <Paper p="md" component="section" aria-label={t('budget.title')} data-part="budget">
      <Stack gap="xs">
        <Title order={2} size="h5">
          {t('budget.title')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('budget.intro')}
        </Text>
        <div className={classes.budget}>
          {fields.map((name) => (
            <NumberInput
              key={name}
              size="xs"
              label={t(`budget.${name}`)}
              min={0}
              max={10_000}
              allowDecimal={false}
              allowNegative={false}
              value={values[name]}
              onChange={(value) => setTyped({ ...typed, [name]: Math.min(10_000, Math.max(0, Number(value) || 0)) })}
            />
          ))}
        </div>
        <Text className="numbers" fw={600} data-part="sum">
          {t('budget.sum', sum)}
          <br />
          {t('budget.room', room)}
        </Text>
        <Text size="sm" role="status" data-fits={budget.fits}>
          {budget.fits ? t('budget.fits', outcome) : t('budget.tooMany', outcome)}
        </Text>
        <Text size="xs" c="dimmed">
          {measured ? t('budget.measured') : t('budget.assumed')}
        </Text>
      </Stack>
    </Paper>
  )
}
