import { AppError } from '#shared/errors.ts'
import { jsonOf } from './backend-api.ts'
import type { HttpClient, Outcome } from './client.ts'

/** The guide's "múltiples navegadores simultáneos": so many requests one by one, then as many at once. */
export const requestsEach = 20
/** After so many failures in a row one by one, the rest would only wait. */
const enoughFailures = 3

export interface Load {
  readonly alone: readonly Outcome[]
  readonly atOnce: readonly Outcome[]
}

/** Loads the dashboard twenty times one by one, then twenty times at once, with one token. Rejects with `CANCELLED`. */
export async function measureLoad(
  client: HttpClient,
  path: string,
  token: string,
  report: (share: number) => void,
): Promise<Load> {
  const alone: Outcome[] = []
  let failures = 0
  while (alone.length < requestsEach && failures < enoughFailures) {
    const outcome = await client.ask(path, { token })
    failures = isGood(outcome) ? 0 : failures + 1
    alone.push(outcome)
    report((alone.length / requestsEach) * 0.7)
  }
  const atOnce = await Promise.all(Array.from({ length: requestsEach }, () => client.ask(path, { token })))
  report(1)
  return { alone, atOnce }
}

/** Whether it is 200 with JSON inside. */
export function isGood(outcome: Outcome): boolean {
  return !('failure' in outcome) && outcome.status === 200 && jsonOf(outcome) !== undefined
}

/** Whether it counts against the backend: a 5xx, no answer, or 200 with something that is no JSON. */
export function isBroken(outcome: Outcome): boolean {
  return 'failure' in outcome || outcome.status >= 500 || (outcome.status === 200 && jsonOf(outcome) === undefined)
}

/** What came back and how often, such as `200 × 38`; the most frequent first. */
export function tallyOf(outcomes: readonly Outcome[]): string[] {
  const counts = new Map<string, number>()
  for (const outcome of outcomes) {
    const name = 'failure' in outcome ? outcome.failure : String(outcome.status)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([name, count]) => `${name} × ${count}`)
}

/** The value that a part (from 0 to 1) of the values does not exceed. Throws `INTERNAL` for none. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)]
  if (value === undefined) throw new AppError('INTERNAL')
  return value
}
