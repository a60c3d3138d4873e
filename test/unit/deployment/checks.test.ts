import { expect, it } from 'vitest'
import { type CheckParts, createChecks } from '#electron/deployment/checks.ts'
import { checkIds } from '#shared/deployment.ts'

it('every check that has a name is looked at, once and in their order', () => {
  // No part is asked before a check runs.
  const checks = createChecks({} as CheckParts)
  expect(checks.map(({ id }) => id)).toEqual(checkIds)
})
