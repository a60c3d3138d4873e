import {
  type Certificate,
  type CertifiedCheck,
  type CheckState,
  type DeploymentState,
  greenStatuses,
  lastLine,
} from '#shared/deployment.ts'

export interface Issue {
  readonly state: DeploymentState
  readonly zone: string
  readonly app: string
  readonly author: string
  readonly now: Date
}

/** What is certified of the checklist as it stands: every check with its evidence, and what is missing, plainly. */
export function certify({ state, zone, app, author, now }: Issue): Certificate {
  return {
    format: 'podoskin-certificate',
    version: 1,
    app,
    clinic: state.profile.name,
    environment: state.profile.environment,
    database: state.profile.place,
    zone,
    issuedAt: `${now.toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T')}`,
    issuedBy: author,
    verified: state.verified,
    items: state.items,
    ready: state.ready,
    missing: state.checks.filter(stands).map(({ id }) => id),
    checks: state.checks.map(certified),
    lastLine: state.ready ? lastLine : null,
  }
}

function stands({ severity, status }: CheckState): boolean {
  return severity === 'required' && !greenStatuses.includes(status)
}

/** Evidence that no longer counts is not certified. */
function certified(check: CheckState): CertifiedCheck {
  const { id, step, item, severity, status, result, decision } = check
  const counts = result !== null && status !== 'expired' && status !== 'pending'
  return {
    ...{ id, step, item, severity, status },
    at: counts ? result.at : null,
    found: counts ? result.status : null,
    evidence: counts ? result.evidence : [],
    lines: counts ? result.lines : [],
    decision: decision && decision.kind === status ? decision : null,
  }
}
