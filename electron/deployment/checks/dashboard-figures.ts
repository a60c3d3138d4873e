import { backendExpiry, type Check, type CheckOutcome, hint, measured } from '#electron/deployment/check.ts'
import { isObject, jsonOf } from '#electron/deployment/http/backend-api.ts'
import type { BackendSession } from '#electron/deployment/http/backend-session.ts'
import { compareFigures } from '#electron/deployment/http/figures.ts'
import type { Dashboard } from '#shared/dashboard.ts'
import { noAddress, noToken } from './backend-words.ts'

/** The backend's figures beside ours. Some versions answer zeros with status 200 when their query failed. */
export function dashboardFiguresCheck(session: BackendSession, loadDashboard: () => Promise<Dashboard>): Check {
  return {
    ...{ id: 'dashboardFigures', step: 6, item: 'metrics', severity: 'required' },
    ...{ expires: backendExpiry, signable: false, mayNotApply: false },
    async probe(context, control) {
      if (context.backend.url === null) return noAddress(context)
      return session.with(context, control, async (client): Promise<CheckOutcome> => {
        const login = await session.token(client, context)
        if (login?.kind !== 'token') return noToken(login, context)
        const path = await session.dashboardPath(client)
        if (path === null) return { status: 'notVerifiable', evidence: [], hint: hint('dashboardMissing') }
        const outcome = await client.ask(path, { token: login.token })
        if ('failure' in outcome || outcome.status !== 200) {
          const status = 'failure' in outcome ? outcome.failure : String(outcome.status)
          const evidence = [measured('dashboardAnswer', 'text', status)]
          return { status: 'notVerifiable', evidence, hint: hint('figuresNotRead') }
        }
        const said = jsonOf(outcome)
        if (!isObject(said)) return { status: 'failed', evidence: [], hint: hint('backendNotOurs') }
        const { compared, telling, zeros, missing, different } = compareFigures(said, await loadDashboard())
        const list = (key: 'figuresZero' | 'figuresMissing' | 'figuresDifferent', names: readonly string[]) =>
          names.length === 0 ? [] : [measured(key, 'list', names)]
        const evidence = [
          measured('figuresCompared', 'integer', compared),
          ...list('figuresZero', zeros),
          ...list('figuresMissing', missing),
          ...list('figuresDifferent', different),
        ]
        if (zeros.length > 0) return { status: 'failed', evidence, hint: hint('figuresZero', { count: zeros.length }) }
        if (missing.length > 0) {
          return { status: 'failed', evidence, hint: hint('figuresMissing', { count: missing.length }) }
        }
        if (telling === 0) return { status: 'notVerifiable', evidence, hint: hint('figuresEmpty') }
        if (different.length > 0) {
          return { status: 'warning', evidence, hint: hint('figuresDifferent', { count: different.length }) }
        }
        return { status: 'passed', evidence }
      })
    },
  }
}
