import { backendExpiry, type Check, hint, measured } from '#electron/deployment/check.ts'
import { greenStatuses } from '#shared/deployment.ts'

/** The guide's "Métricas de Éxito": four figures, each measured by a check of its own, and measured in production. */
export const successFiguresCheck: Check = {
  ...{ id: 'successFigures', step: 6, item: 'metrics', severity: 'required' },
  ...{ expires: backendExpiry, signable: false, mayNotApply: false },
  async probe({ standing, profile }) {
    const four = [
      ['successErrors', standing('logErrors').status],
      ['successWarnings', standing('logMessages').status],
      ['successStable', standing('dashboardErrors').status],
      ['successSpeed', standing('dashboardSpeed').status],
    ] as const
    const production = profile.environment === 'production'
    const evidence = [
      ...four.map(([key, status]) => measured(key, 'status', status)),
      measured('inProduction', 'yesNo', production),
    ]
    if (four.some(([, status]) => status === 'failed')) {
      return { status: 'failed', evidence, hint: hint('successFailed') }
    }
    if (!four.every(([, status]) => greenStatuses.includes(status))) {
      return { status: 'notVerifiable', evidence, hint: hint('successMissing') }
    }
    if (!production) return { status: 'warning', evidence, hint: hint('notProduction') }
    return { status: 'passed', evidence }
  },
}
