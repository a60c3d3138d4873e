import { describe, expect, it } from 'vitest'
import { curesOf, groupRefusals, lastingRefusals, needsOwner, ownerOf } from '#renderer/cleanup/refusals.ts'
import type { Refusal } from '#shared/cleanup.ts'

const plan = { role: 'Rol "diario"', database: 'podoskin_db' }
const notOwner = (table: string, owner = 'dueño'): Refusal => ({ code: 'NOT_OWNER', params: { table, owner } })
const missing = (table: string, privilege: string): Refusal => ({ code: 'RIGHT_MISSING', params: { table, privilege } })

describe('what keeps a role from cleaning', () => {
  it('is cured by one membership where an owner is missing, names quoted as PostgreSQL does', () => {
    const refusals = [notOwner('public.citas'), notOwner('public.pagos'), missing('public.citas', 'TRUNCATE')]
    expect(curesOf(refusals, plan)).toEqual(['GRANT "dueño" TO "Rol ""diario""";'])
  })

  it('is cured by a right where only a right is missing', () => {
    expect(curesOf([missing('public."Mi tabla"', 'SELECT')], plan)).toEqual([
      'GRANT SELECT ON TABLE public."Mi tabla" TO "Rol ""diario""";',
    ])
  })

  it('has no statement where no right would help', () => {
    const staff: Refusal = { code: 'NO_STAFF', params: {} }
    expect(curesOf([staff], plan)).toEqual([])
    expect(needsOwner({ refusals: [staff] })).toBe(false)
    expect(lastingRefusals({ refusals: [staff, notOwner('public.citas')] })).toEqual([staff])
  })

  it('is told together by owner and by right', () => {
    const refusals = [notOwner('a.b'), notOwner('a.c', 'otro'), notOwner('a.d'), missing('a.b', 'DELETE')]
    expect(groupRefusals(refusals).map((group) => group.refusals.length)).toEqual([2, 1, 1])
  })

  it('proposes the owner of most tables', () => {
    expect(ownerOf([notOwner('a.b', 'uno'), notOwner('a.c', 'dos'), notOwner('a.d', 'dos')])).toBe('dos')
    expect(ownerOf([missing('a.b', 'DELETE')])).toBeNull()
  })
})
