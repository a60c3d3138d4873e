import { Anchor } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CleanupPlan } from '#shared/cleanup.ts'
import { goToStep } from './draft.ts'
import { missingOf } from './missing.ts'

/** What is still undecided, as items of a list, each leading to the step where it is decided. */
export function MissingItems({ plan }: { readonly plan: CleanupPlan }) {
  const { t } = useTranslation('cleanup')
  return missingOf(plan).map(({ kind, step, count }) => (
    <li key={kind}>
      <Anchor component="button" type="button" size="sm" onClick={() => goToStep(step)}>
        {t(`missing.${kind}`, { count })}
      </Anchor>
    </li>
  ))
}
