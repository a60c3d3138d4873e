import type { Dashboard } from '#shared/dashboard.ts'
import { AppError } from '#shared/errors.ts'
import type { Check } from './check.ts'
import { backendPoolTestCheck } from './checks/backend-pool-test.ts'
import { backendDatabaseCheck, backendUpCheck } from './checks/backend-up.ts'
import { dashboardFiguresCheck } from './checks/dashboard-figures.ts'
import { dashboardErrorsCheck, dashboardSpeedCheck } from './checks/dashboard-load.ts'
import { dependenciesCheck } from './checks/dependencies.ts'
import { environmentCheck } from './checks/environment.ts'
import { backendModeCheck, logErrorsCheck, logMessagesCheck, type ReadLog } from './checks/log-checks.ts'
import { poolSourceCheck } from './checks/pool-source.ts'
import { createBackendSession } from './http/backend-session.ts'
import { readLines } from './log/read-file.ts'

export interface BackendCheckParts {
  readonly loadDashboard: () => Promise<Dashboard>
  /** Reads what is no file, such as the output of `docker compose logs`; default: cannot. */
  readonly readLog?: ReadLog
}

/** The checks that look at the clinic's backend: its folder, its answers, its log. */
export function createBackendChecks({ loadDashboard, readLog = readLogFile }: BackendCheckParts): readonly Check[] {
  const session = createBackendSession()
  return [
    dependenciesCheck,
    environmentCheck,
    poolSourceCheck,
    backendPoolTestCheck,
    backendUpCheck(session),
    backendDatabaseCheck(session),
    backendModeCheck(session, readLog),
    dashboardErrorsCheck(session),
    dashboardSpeedCheck(session),
    dashboardFiguresCheck(session, loadDashboard),
    logMessagesCheck(session, readLog),
    logErrorsCheck(session, readLog),
  ]
}

const readLogFile: ReadLog = (source, signal) => {
  if (source.kind !== 'file') throw new AppError('NOT_FOUND', { what: 'log' })
  return readLines(source.path, signal)
}
