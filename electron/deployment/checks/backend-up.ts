import { backendExpiry, type Check, type CheckOutcome, hint, measured } from '#electron/deployment/check.ts'
import { jsonOf } from '#electron/deployment/http/backend-api.ts'
import type { BackendSession } from '#electron/deployment/http/backend-session.ts'
import type { HttpClient } from '#electron/deployment/http/client.ts'
import { hintOfNoAnswer, noAddress, noToken, startCommand } from './backend-words.ts'

/** Whether something answers that is a backend; `/health` is a constant and proves no more. */
export function backendUpCheck(session: BackendSession): Check {
  return {
    ...{ id: 'backendUp', step: 5, item: 'backend', severity: 'required' },
    ...{ expires: backendExpiry, signable: false, mayNotApply: false },
    async probe(context, control) {
      const { url } = context.backend
      if (url === null) return noAddress(context)
      return session.with(context, control, async (client): Promise<CheckOutcome> => {
        const outcome = await health(client)
        const address = measured('backendAddress', 'text', url)
        if ('failure' in outcome) {
          const words = hintOfNoAnswer(outcome.failure, context) ?? null
          return { status: 'failed', evidence: [address], hint: words }
        }
        const evidence = [
          address,
          measured('healthStatus', 'integer', outcome.status),
          measured('answerTime', 'milliseconds', Math.round(outcome.milliseconds)),
        ]
        if (outcome.status >= 500) {
          return { status: 'failed', evidence, hint: hint('backendBroken', {}, startCommand(context)) }
        }
        if (outcome.status >= 300 && outcome.status < 400) {
          return { status: 'failed', evidence, hint: hint('backendRedirects') }
        }
        // Another program on that port, or the web page itself, says 200 with HTML, whatever type it claims.
        const ours = outcome.status === 200 && jsonOf(outcome) !== undefined
        return ours ? { status: 'passed', evidence } : { status: 'failed', evidence, hint: hint('backendNotOurs') }
      })
    },
  }
}

async function health(client: HttpClient): Promise<Awaited<ReturnType<HttpClient['ask']>>> {
  const first = await client.ask('/health')
  return !('failure' in first) && first.status === 404 ? client.ask('/api/health') : first
}

/** A request that cannot be answered without the database: the login, and the days of the trend. */
export function backendDatabaseCheck(session: BackendSession): Check {
  return {
    ...{ id: 'backendDatabase', step: 5, item: 'backend', severity: 'required' },
    ...{ expires: backendExpiry, signable: true, mayNotApply: false },
    async probe(context, control) {
      if (context.backend.url === null) return noAddress(context)
      return session.with(context, control, async (client): Promise<CheckOutcome> => {
        const login = await session.token(client, context)
        if (login?.kind !== 'token') {
          const why = noToken(login, context)
          const broken = login?.kind === 'status' && login.status >= 500
          return broken ? { ...why, status: 'failed', hint: hint('backendNoDatabase') } : why
        }
        const dashboard = await session.dashboardPath(client)
        const path = dashboard?.replace(/dashboard$/, 'appointments-trend?days=7')
        if (path === undefined) return { status: 'notVerifiable', evidence: [], hint: hint('dashboardMissing') }
        const outcome = await client.ask(path, { token: login.token })
        if ('failure' in outcome) {
          const words = hintOfNoAnswer(outcome.failure, context) ?? null
          return { status: 'failed', evidence: [], hint: words }
        }
        const evidence = [
          measured('answerTime', 'milliseconds', Math.round(outcome.milliseconds)),
          measured('trendStatus', 'integer', outcome.status),
          measured('loginTime', 'milliseconds', Math.round(login.milliseconds)),
        ]
        if (outcome.status >= 500) return { status: 'failed', evidence, hint: hint('backendNoDatabase') }
        if (outcome.status === 401) session.forget()
        if (outcome.status !== 200 || !Array.isArray(jsonOf(outcome))) {
          return { status: 'notVerifiable', evidence, hint: hint('trendOdd', { status: outcome.status }) }
        }
        return { status: 'passed', evidence }
      })
    },
  }
}
