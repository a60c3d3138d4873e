import { describe, expect, it } from 'vitest'
import { type Check, databaseExpiry } from '#electron/deployment/check.ts'
import { expiryReasons, itemsOf, standingOf } from '#electron/deployment/standing.ts'
import type { Basis, StoredCheck } from '#electron/deployment/store.ts'
import { type CheckState, greenStatuses, guideItems, type OutcomeStatus, outcomeStatuses } from '#shared/deployment.ts'

const day = 86_400
const now = 1_700_000_000
const basis: Basis = { profile: 'p', schema: 's', server: '180000', backend: 'b' }
const check: Check = {
  ...{ id: 'webCharts', step: 6, item: 'dashboard', severity: 'required', expires: databaseExpiry },
  ...{ signable: true, mayNotApply: true, probe: async () => ({ status: 'passed', evidence: [] }) },
}
const found = (status: OutcomeStatus, part: { at?: number; basis?: Basis } = {}): StoredCheck['result'] => ({
  ...{ status, evidence: [], hint: null, lines: [], at: now, milliseconds: 1, basis },
  ...part,
})
const decided = (
  kind: 'signed' | 'waived' | 'notApplicable',
  part: Partial<NonNullable<StoredCheck['decision']>> = {},
): StoredCheck['decision'] => ({ kind, by: 'Ivette', reason: 'porque sí', at: now, basis, covers: null, ...part })
const stand = (part: Partial<StoredCheck>, current = basis, at = now, of = check) =>
  standingOf(of, { result: null, decision: null, history: [], ...part }, current, at)

describe('how a check stands', () => {
  it('is pending until it ran, and then what its probe found', () => {
    expect(stand({}).status).toBe('pending')
    for (const status of outcomeStatuses) expect(stand({ result: found(status) }).status).toBe(status)
  })

  it('expires after a week, and when the clock was set back behind it', () => {
    const result = found('passed')
    expect(stand({ result }, basis, now + 7 * day - 1).status).toBe('passed')
    expect(stand({ result }, basis, now + 7 * day)).toMatchObject({ status: 'expired', expired: ['age'] })
    expect(stand({ result }, basis, now - 3_601)).toMatchObject({ status: 'expired', expired: ['age'] })
  })

  it.each(['profile', 'schema', 'server'] as const)('expires when the %s changes', (what) => {
    const moved = { ...basis, [what]: 'other' }
    expect(stand({ result: found('passed') }, moved)).toMatchObject({ status: 'expired', expired: [what] })
  })

  it('expires only by what it rests on', () => {
    expect(stand({ result: found('passed') }, { ...basis, backend: 'other' }).status).toBe('passed')
    const expires = { days: 7, on: ['backend'] as const }
    expect(expiryReasons(expires, { at: now, basis }, { ...basis, backend: 'other', schema: 'x' }, now)).toEqual([
      'backend',
    ])
  })

  it('does not expire by what cannot be read now, but by what could not be read then', () => {
    expect(stand({ result: found('passed') }, { ...basis, schema: null, server: null }).status).toBe('passed')
    const blind = found('notVerifiable', { basis: { ...basis, schema: null } })
    expect(stand({ result: blind }).status).toBe('expired')
  })

  it('is signed only where the program could not see: never over a failure, and the signature expires', () => {
    const decision = decided('signed')
    expect(stand({ result: found('notVerifiable'), decision }).status).toBe('signed')
    for (const status of ['failed', 'warning', 'passed'] as const) {
      expect(stand({ result: found(status), decision }).status).toBe(status)
    }
    expect(stand({ decision }).status).toBe('pending')
    const old = decided('signed', { at: now - 8 * day })
    expect(stand({ result: found('notVerifiable'), decision: old })).toMatchObject({
      status: 'expired',
      may: { sign: true },
    })
    const unsignable = { ...check, signable: false }
    expect(stand({ result: found('notVerifiable'), decision }, basis, now, unsignable).status).toBe('notVerifiable')
  })

  it('is waived for the very result that was accepted, and for no other', () => {
    const decision = decided('waived', { covers: 'warning' })
    expect(stand({ result: found('warning'), decision })).toMatchObject({ status: 'waived', staleWaiver: false })
    expect(stand({ result: found('failed'), decision })).toMatchObject({ status: 'failed', staleWaiver: true })
    expect(stand({ result: found('passed'), decision })).toMatchObject({ status: 'passed', staleWaiver: false })
    expect(stand({ result: found('warning', { at: now - 8 * day }), decision }).status).toBe('expired')
    expect(
      stand({ result: found('warning', { basis: { ...basis, profile: 'q' } }), decision }, { ...basis, profile: 'q' })
        .status,
    ).toBe('warning')
  })

  it('does not apply as long as the connection is the one that the decision was taken for', () => {
    const decision = decided('notApplicable')
    expect(stand({ decision, result: found('failed') }).status).toBe('notApplicable')
    expect(stand({ decision, result: found('failed') }, { ...basis, profile: 'q' }).status).toBe('expired')
    expect(stand({ decision }, basis, now, { ...check, mayNotApply: false }).status).toBe('pending')
  })

  it('offers the decisions that make sense, and no others', () => {
    expect(stand({}).may).toEqual({ sign: false, waive: false, notApplicable: true })
    expect(stand({ result: found('passed') }).may).toEqual({ sign: false, waive: false, notApplicable: true })
    expect(stand({ result: found('failed') }).may).toEqual({ sign: false, waive: true, notApplicable: true })
    expect(stand({ result: found('notVerifiable') }).may).toEqual({ sign: true, waive: true, notApplicable: true })
    expect(stand({ decision: decided('notApplicable') }).may.notApplicable).toBe(false)
  })
})

describe('the eight items', () => {
  const one = (status: CheckState['status'], severity: CheckState['severity'] = 'required') =>
    ({ ...stand({}), status, severity, item: 'pool' }) as CheckState
  const pool = (checks: readonly CheckState[]) => itemsOf(checks).find(({ item }) => item === 'pool')?.verified

  it('are the guide’s, in its order', () => {
    expect(itemsOf([]).map(({ item }) => item)).toEqual([...guideItems])
    expect(guideItems).toHaveLength(8)
  })

  it('are verified by green required checks only: grey is never green', () => {
    for (const status of greenStatuses) expect(pool([one(status)]), status).toBe(true)
    for (const status of ['failed', 'warning', 'notVerifiable', 'expired', 'pending'] as const) {
      expect(pool([one('passed'), one(status)]), status).toBe(false)
    }
    expect(pool([one('passed'), one('failed', 'advised')])).toBe(true)
  })

  it('are not verified by nothing', () => {
    expect(pool([])).toBe(false)
    expect(pool([one('passed', 'advised')])).toBe(false)
  })
})
