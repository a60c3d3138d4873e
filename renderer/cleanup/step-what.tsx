import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { GuardPart } from './guard-part.tsx'
import { QuestionsPart } from './questions-part.tsx'
import { ScopesPart } from './scopes-part.tsx'
import { TablesPart } from './tables-part.tsx'
import type { StepProps } from './wizard.tsx'

/** Step 2: what is emptied, what must be decided first, and what happens to each table. */
export function WhatStep({ plan, stale }: StepProps) {
  const { t } = useTranslation('cleanup')
  return (
    <>
      <Text size="sm" c="dimmed">
        {t('what.intro')}
      </Text>
      <QuestionsPart plan={plan} />
      <GuardPart plan={plan} />
      <ScopesPart plan={plan} stale={stale} />
      <TablesPart plan={plan} stale={stale} />
    </>
  )
}
