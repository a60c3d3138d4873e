import {
  backendExpiry,
  type Check,
  type CheckContext,
  type CheckControl,
  type CheckOutcome,
  hint,
  measured,
} from '#electron/deployment/check.ts'
import type { BackendSession } from '#electron/deployment/http/backend-session.ts'
import type { Outcome } from '#electron/deployment/http/client.ts'
import { isBroken, isGood, type Load, percentile, requestsEach, tallyOf } from '#electron/deployment/http/load.ts'
import { noAddress, noToken } from './backend-words.ts'

/** The guide: `/stats/dashboard` answers in less than 500 ms. */
const limit = 500

/** The guide's step 6: no 5xx in twenty loads one by one and twenty at once. */
export function dashboardErrorsCheck(session: BackendSession): Check {
  return {
    ...{ id: 'dashboardErrors', step: 6, item: 'dashboard', severity: 'required' },
    ...{ expires: backendExpiry, signable: false, mayNotApply: false },
    probe: (context, control) =>
      withLoad(session, 'dashboardErrors', context, control, ({ alone, atOnce }) => {
        const all = [...alone, ...atOnce]
        const evidence = [
          measured('errorShare', 'percent', all.filter(isBroken).length / all.length),
          measured('loadAlone', 'list', tallyOf(alone)),
          measured('loadAtOnce', 'list', tallyOf(atOnce)),
        ]
        if (all.some(isBroken)) {
          const onlyAtOnce = !alone.some(isBroken)
          return { status: 'failed', evidence, hint: hint(onlyAtOnce ? 'dashboardBreaksAtOnce' : 'dashboardBreaks') }
        }
        const refused = all.find((outcome) => !isGood(outcome))
        return refused ? { ...oddAnswer(refused, session), evidence } : { status: 'passed', evidence }
      }),
  }
}

/** The guide's "tiempo de respuesta": median and 95th percentile, one by one and at once. */
export function dashboardSpeedCheck(session: BackendSession): Check {
  return {
    ...{ id: 'dashboardSpeed', step: 6, item: 'metrics', severity: 'required' },
    ...{ expires: backendExpiry, signable: false, mayNotApply: false },
    probe: (context, control) =>
      withLoad(session, 'dashboardSpeed', context, control, ({ alone, atOnce }) => {
        const [one, many] = [timesOf(alone), timesOf(atOnce)]
        if (Math.min(one.length, many.length) < requestsEach / 2) {
          const odd = [...alone, ...atOnce].find((outcome) => !isGood(outcome) && !isBroken(outcome))
          return odd ? oddAnswer(odd, session) : { status: 'notVerifiable', evidence: [], hint: hint('tooFewAnswers') }
        }
        const figures = [
          ['medianAlone', percentile(one, 0.5)],
          ['p95Alone', percentile(one, 0.95)],
          ['medianAtOnce', percentile(many, 0.5)],
          ['p95AtOnce', percentile(many, 0.95)],
        ] as const
        const evidence = figures.map(([key, value]) => measured(key, 'milliseconds', Math.round(value)))
        if (figures.every(([, value]) => value < limit)) return { status: 'passed', evidence }
        const aloneSlow = figures.slice(0, 2).some(([, value]) => value >= limit)
        return {
          status: 'failed',
          evidence,
          hint: hint(aloneSlow ? 'dashboardSlow' : 'dashboardSlowAtOnce', { limit }),
        }
      }),
  }
}

function timesOf(outcomes: readonly Outcome[]): number[] {
  return outcomes.filter(isGood).map(({ milliseconds }) => milliseconds)
}

function oddAnswer(outcome: Outcome, session: BackendSession): CheckOutcome {
  const status = 'failure' in outcome ? 0 : outcome.status
  if (status === 401) session.forget()
  const code = status === 401 ? 'tokenRefused' : status === 403 ? 'dashboardForbidden' : 'dashboardOdd'
  return { status: 'notVerifiable', evidence: [], hint: hint(code, { status }) }
}

async function withLoad(
  session: BackendSession,
  reader: string,
  context: CheckContext,
  control: CheckControl,
  judge: (load: Load) => CheckOutcome,
): Promise<CheckOutcome> {
  if (context.backend.url === null) return noAddress(context)
  return session.with(context, control, async (client) => {
    const login = await session.token(client, context)
    if (login?.kind !== 'token') return noToken(login, context)
    const path = await session.dashboardPath(client)
    if (path === null) return { status: 'notVerifiable', evidence: [], hint: hint('dashboardMissing') }
    return judge(await session.load(reader, client, path, login.token, context, control))
  })
}
