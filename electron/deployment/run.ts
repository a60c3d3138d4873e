import { performance } from 'node:perf_hooks'
import type { Log } from '#electron/log.ts'
import type { CheckId } from '#shared/deployment.ts'
import { AppError } from '#shared/errors.ts'
import type { JobProgress } from '#shared/jobs.ts'
import { type Check, type CheckContext, type CheckOutcome, hint, measured } from './check.ts'
import type { Basis, DeploymentStore } from './store.ts'

const mostLines = 60
const mostEvidence = 60

export interface RunParts {
  readonly checks: readonly Check[]
  readonly profile: string
  readonly context: CheckContext
  readonly basis: () => Promise<Basis>
  readonly store: DeploymentStore
  /** Throws when the connection is no longer the one that the run began with. */
  readonly assertSame: () => void
  readonly by: string
  readonly log: Log
  readonly now: () => number
}

interface RunControl {
  readonly signal: AbortSignal
  report(progress: Omit<JobProgress, 'secondsLeft' | 'cancellable'>): void
}

/**
 * Runs checks one after the other and keeps each result as soon as it is there, so that a cancelled run loses nothing
 * that it found. Throws `CANCELLED`, and `NOT_CONNECTED` when another connection took the place of this one.
 */
export async function runChecks(parts: RunParts, { signal, report }: RunControl): Promise<void> {
  const { checks, profile, context, basis, store, assertSame, by, log, now } = parts
  const total = checks.length
  for (const [place, check] of checks.entries()) {
    report({ phase: check.id, done: place, total, unit: 'steps' })
    const started = performance.now()
    const outcome = await outcomeOf(check, context, signal, (share) =>
      report({ phase: check.id, done: place + Math.min(1, Math.max(0, share)), total, unit: 'steps' }),
    )
    if (signal.aborted) throw new AppError('CANCELLED')
    assertSame()
    const milliseconds = Math.round(performance.now() - started)
    const at = Math.floor(now() / 1000)
    const result = { ...settled(outcome), at, milliseconds, basis: await basis() }
    log.info('deployment.checked', { check: check.id, status: outcome.status, ms: milliseconds })
    const entry = { at, kind: 'ran' as const, status: outcome.status, by, reason: '' }
    await store.changeCheck(profile, check.id, { result }, entry)
  }
  report({ phase: 'done', done: total, total, unit: 'steps' })
}

/** A probe that could not look has seen nothing: grey, with the reason. */
async function outcomeOf(
  check: Check,
  context: CheckContext,
  signal: AbortSignal,
  report: (share: number) => void,
): Promise<CheckOutcome> {
  try {
    return await check.probe(context, { signal, report })
  } catch (error) {
    if (signal.aborted) throw new AppError('CANCELLED')
    const code = error instanceof AppError ? error.code : 'INTERNAL'
    return { status: 'notVerifiable', evidence: [measured('error', 'errorCode', code)], hint: hint('tryAgain') }
  }
}

function settled({ status, evidence, hint: next = null, lines = [] }: CheckOutcome) {
  return {
    status,
    evidence: evidence.slice(0, mostEvidence).map((one) => ({ ...one, value: shortened(one.value) })),
    hint: next && { ...next, params: { ...next.params } },
    lines: lines.slice(0, mostLines).map((line) => line.slice(0, 400)),
  }
}

function shortened(value: CheckOutcome['evidence'][number]['value']) {
  if (typeof value === 'string') return value.slice(0, 500)
  if (value === null || typeof value !== 'object') return value
  return value.slice(0, 60).map((item) => item.slice(0, 300))
}

/** The checks that were asked for, in the order in which they rest on each other. */
export function chosen(all: readonly Check[], ids: readonly CheckId[] | null): readonly Check[] {
  return ids === null ? all : all.filter(({ id }) => ids.includes(id))
}
