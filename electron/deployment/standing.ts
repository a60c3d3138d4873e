import {
  type CheckResult,
  type CheckState,
  type CheckStatus,
  type Decision,
  type ExpiryReason,
  type GuideItem,
  greenStatuses,
  guideItems,
} from '#shared/deployment.ts'
import type { Check, Expiry } from './check.ts'
import type { Basis, StoredCheck } from './store.ts'

const day = 86_400
/** Evidence from later than now comes from a clock that was set back: nobody can say how old it is. */
const clockTolerance = 3_600

/**
 * Why evidence taken at a moment (seconds) no longer counts. What cannot be read now expires nothing; what could not
 * be read then, and can be now, does.
 */
export function expiryReasons(
  expires: Expiry,
  taken: { readonly at: number; readonly basis: Basis },
  basis: Basis,
  now: number,
): readonly ExpiryReason[] {
  const old = now >= taken.at + expires.days * day || taken.at > now + clockTolerance
  const moved = expires.on.filter((what) => basis[what] !== null && basis[what] !== taken.basis[what])
  return old ? ['age', ...moved] : moved
}

/**
 * How a check stands: what its probe found, unless that is too old; then what persons decided about that very result.
 * A signature stands in for what the program could not see, a waiver for the result it was given for and for no other,
 * and "not applicable" for everything as long as the connection is the same.
 */
export function standingOf(check: Check, stored: StoredCheck, basis: Basis, now: number): CheckState {
  const { result, decision } = stored
  const expired = result ? expiryReasons(check.expires, result, basis, now) : []
  const found: CheckStatus = result === null ? 'pending' : expired.length > 0 ? 'expired' : result.status
  const sameProfile = decision !== null && decision.basis.profile === basis.profile
  const signatureExpired = decision?.kind === 'signed' ? expiryReasons(check.expires, decision, basis, now) : []
  const doubtful = found === 'failed' || found === 'warning' || found === 'notVerifiable'
  const status = decided()

  function decided(): CheckStatus {
    if (decision?.kind === 'notApplicable' && sameProfile && check.mayNotApply) return 'notApplicable'
    if (decision?.kind === 'signed' && check.signable && found === 'notVerifiable') {
      return signatureExpired.length > 0 ? 'expired' : 'signed'
    }
    if (decision?.kind === 'waived' && doubtful && sameProfile && decision.covers === found) return 'waived'
    return found
  }

  return {
    ...{ id: check.id, step: check.step, item: check.item, severity: check.severity, status },
    result: result && publicResult(result),
    expired: status === 'expired' ? [...new Set([...expired, ...signatureExpired])] : [],
    expiresAt: result ? result.at + check.expires.days * day : null,
    decision: decision && publicDecision(decision),
    staleWaiver: decision?.kind === 'waived' && doubtful && status !== 'waived',
    may: {
      sign: check.signable && found === 'notVerifiable' && status !== 'signed' && status !== 'notApplicable',
      waive: doubtful && (status === found || status === 'expired'),
      notApplicable: check.mayNotApply && status !== 'notApplicable',
    },
    history: stored.history.toReversed(),
  }
}

/** The guide's eight items: one is verified when every required check of it counts as verified, and it has one. */
export function itemsOf(checks: readonly CheckState[]): readonly { item: GuideItem; verified: boolean }[] {
  return guideItems.map((item) => {
    const required = checks.filter((check) => check.item === item && check.severity === 'required')
    return { item, verified: required.length > 0 && required.every(({ status }) => greenStatuses.includes(status)) }
  })
}

function publicResult({ basis: _, ...result }: NonNullable<StoredCheck['result']>): CheckResult {
  // Stored words of another version may be unknown to this one: the page shows such a key as it stands.
  return result as CheckResult
}

function publicDecision({ kind, by, reason, at }: NonNullable<StoredCheck['decision']>): Decision {
  return { kind, by, reason, at }
}
