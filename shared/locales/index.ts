import enChecks from './en/checks.json'
import enCleanup from './en/cleanup.json'
import enCommon from './en/common.json'
import enConnection from './en/connection.json'
import enDashboard from './en/dashboard.json'
import enDeployment from './en/deployment.json'
import enDiagnosis from './en/diagnosis.json'
import enEnv from './en/env.json'
import enErrors from './en/errors.json'
import enExport from './en/export.json'
import enIndexes from './en/indexes.json'
import enJobs from './en/jobs.json'
import enLog from './en/log.json'
import enMonitoring from './en/monitoring.json'
import enPolicy from './en/policy.json'
import enSession from './en/session.json'
import enSessions from './en/sessions.json'
import enSettings from './en/settings.json'
import enShell from './en/shell.json'
import enUpdates from './en/updates.json'
import enUsers from './en/users.json'
import esChecks from './es/checks.json'
import esCleanup from './es/cleanup.json'
import esCommon from './es/common.json'
import esConnection from './es/connection.json'
import esDashboard from './es/dashboard.json'
import esDeployment from './es/deployment.json'
import esDiagnosis from './es/diagnosis.json'
import esEnv from './es/env.json'
import esErrors from './es/errors.json'
import esExport from './es/export.json'
import esIndexes from './es/indexes.json'
import esJobs from './es/jobs.json'
import esLog from './es/log.json'
import esMonitoring from './es/monitoring.json'
import esPolicy from './es/policy.json'
import esSession from './es/session.json'
import esSessions from './es/sessions.json'
import esSettings from './es/settings.json'
import esShell from './es/shell.json'
import esUpdates from './es/updates.json'
import esUsers from './es/users.json'

const es = {
  checks: esChecks,
  cleanup: esCleanup,
  common: esCommon,
  connection: esConnection,
  dashboard: esDashboard,
  deployment: esDeployment,
  env: esEnv,
  diagnosis: esDiagnosis,
  errors: esErrors,
  export: esExport,
  indexes: esIndexes,
  jobs: esJobs,
  log: esLog,
  monitoring: esMonitoring,
  policy: esPolicy,
  session: esSession,
  sessions: esSessions,
  settings: esSettings,
  shell: esShell,
  updates: esUpdates,
  users: esUsers,
}

/** The words of the app by namespace (one per feature); Spanish is the reference. */
export type Words = typeof es

const en = {
  checks: enChecks,
  cleanup: enCleanup,
  common: enCommon,
  connection: enConnection,
  dashboard: enDashboard,
  deployment: enDeployment,
  env: enEnv,
  diagnosis: enDiagnosis,
  errors: enErrors,
  export: enExport,
  indexes: enIndexes,
  jobs: enJobs,
  log: enLog,
  monitoring: enMonitoring,
  policy: enPolicy,
  session: enSession,
  sessions: enSessions,
  settings: enSettings,
  shell: enShell,
  updates: enUpdates,
  users: enUsers,
}

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never
// A key that is missing in one language, or that only one has, does not compile.
true satisfies Same<Words, typeof en>

/** Every word a person reads, by language and namespace, in the shape i18next takes. */
export const resources = { es, en } as const satisfies Record<'es' | 'en', Words>
