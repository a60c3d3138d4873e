import { type Check, databaseExpiry, hint, measured } from '#electron/deployment/check.ts'
import type { Dashboard } from '#shared/dashboard.ts'

/** The guide's limit for `/stats/dashboard`. */
const limit = 500

/** Loads our own dashboard: what the backend's figures are compared with must itself be whole. */
export function ownFiguresCheck(loadDashboard: () => Promise<Dashboard>): Check {
  return {
    ...{ id: 'ownFigures', step: 6, item: 'metrics', severity: 'required' },
    ...{ expires: databaseExpiry, signable: false, mayNotApply: false },
    async probe() {
      const { figures, milliseconds } = await loadDashboard()
      const states = Object.entries(figures)
      const named = (state: string) => states.filter(([, figure]) => figure.state === state).map(([name]) => name)
      const [broken, unavailable] = [named('error'), named('unavailable')]
      const evidence = [
        measured('figuresRead', 'integer', states.length - broken.length - unavailable.length),
        measured('figuresBroken', 'list', broken),
        measured('figuresUnavailable', 'list', unavailable),
        measured('loadTime', 'milliseconds', Math.round(milliseconds)),
      ]
      if (broken.length > 0)
        return { status: 'failed', evidence, hint: hint('figuresBroken', { count: broken.length }) }
      if (milliseconds >= limit) return { status: 'warning', evidence, hint: hint('figuresSlow', { limit }) }
      if (unavailable.length > 0) {
        return { status: 'warning', evidence, hint: hint('figuresUnavailable', { count: unavailable.length }) }
      }
      return { status: 'passed', evidence }
    },
  }
}
