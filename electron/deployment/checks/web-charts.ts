import { backendExpiry, type Check, hint, measured } from '#electron/deployment/check.ts'
import { greenStatuses } from '#shared/deployment.ts'

/**
 * The guide's step 6 and its four pieces of evidence. Three come from other checks; that the web page draws its charts
 * only a person can see, so this is never green by itself: it is signed, and fails while one of the three does.
 */
export const webChartsCheck: Check = {
  ...{ id: 'webCharts', step: 6, item: 'dashboard', severity: 'required' },
  ...{ expires: backendExpiry, signable: true, mayNotApply: false },
  async probe({ standing }) {
    const three = [
      ['proofErrors', standing('dashboardErrors').status],
      ['proofFigures', standing('dashboardFigures').status],
      ['proofLog', standing('logMessages').status],
    ] as const
    const evidence = [
      ...three.map(([key, status]) => measured(key, 'status', status)),
      measured('proofCharts', 'status', 'notVerifiable'),
    ]
    if (three.some(([, status]) => status === 'failed')) {
      return { status: 'failed', evidence, hint: hint('proofsFailed') }
    }
    const complete = three.every(([, status]) => greenStatuses.includes(status))
    return { status: 'notVerifiable', evidence, hint: hint(complete ? 'signCharts' : 'proofsMissing') }
  },
}
