import type { CleanupPlan } from '#shared/cleanup.ts'
import type { StepName } from './draft.ts'

/** What a person still has to decide before a rehearsal can run, and where. */
export interface Missing {
  readonly kind: 'questions' | 'guard' | 'staff'
  readonly step: StepName
  readonly count: number
}

/** Everything that is open in a plan; empty when it can be rehearsed. */
export function missingOf(plan: CleanupPlan): readonly Missing[] {
  const { questions, guard, staff, decisions } = plan
  const open: readonly Missing[] = [
    { kind: 'questions', step: 'what', count: questions.filter(({ decided }) => decided === null).length },
    { kind: 'guard', step: 'what', count: guard.filter(({ decided }) => decided === null).length },
    {
      kind: 'staff',
      step: 'staff',
      count: decisions.scopes.users !== 'keep' && staff.byDefault ? staff.missing.length : 0,
    },
  ]
  return open.filter(({ count }) => count > 0)
}
