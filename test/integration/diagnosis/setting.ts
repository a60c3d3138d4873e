import type { Database } from '#electron/database/database.ts'
import { type DatabaseOptions, openDatabase } from '#electron/database/open.ts'
import { createDiagnosis, type DiagnosisOptions } from '#electron/diagnosis/diagnosis.ts'
import { createSessions } from '#electron/monitoring/sessions.ts'
import type { ProfileFields } from '#shared/connection.ts'
import type { Cause, Diagnosis, ProbeResult, Symptom, Verdict } from '#shared/diagnosis.ts'
import { AppError } from '#shared/errors.ts'
import type { FreshClinic } from '#support/clinic.ts'
import { recordedLog } from '#support/log.ts'

export interface Case extends Partial<Omit<DiagnosisOptions, 'reach'>> {
  readonly symptom: Symptom
  /** Where the profile leads; null is no profile. */
  readonly to: DatabaseOptions | null
  readonly profile?: Partial<ProfileFields>
  readonly url?: string | null
  readonly before?: Cause | null
}

export interface Diagnosed extends Diagnosis {
  readonly verdict: Verdict
  readonly found: (id: ProbeResult['id']) => ProbeResult
  /** Everything that the page and the log were told, as one text. */
  readonly told: string
}

/** A role that may read the clinic and see every session, as the guide's monitoring wants it. */
export const readerOf = (clinic: FreshClinic): Promise<DatabaseOptions> =>
  clinic.role('SELECT ON ALL TABLES IN SCHEMA public', 'pg_monitor')

const notConnected = (): Database => {
  throw new AppError('NOT_CONNECTED')
}

/** Looks at sessions as the app does, with limits that a test can wait for. */
export const lookAtSessions: DiagnosisOptions['lookAtSessions'] = (database) => {
  const sessions = createSessions({
    ...{ database: () => database, log: recordedLog(), watch: () => false, onLook: () => undefined, who: () => '' },
    openOwner: (owner) => openDatabase({ ...noWhere, ...owner, log: recordedLog() }),
    limits: { warning: 0.3, critical: 0.6 },
  })
  return sessions.lookAt(database).finally(sessions.close)
}
const noWhere = {
  ...{ host: '127.0.0.1', port: 1, database: '', schema: null },
  tls: { mode: 'disable', ca: null },
  pool: { warm: 0, max: 2 },
} as const

/** Goes through a whole diagnosis as the page does: a probe at a time until there is a verdict. */
export async function diagnose({
  symptom,
  to,
  profile,
  url = null,
  before = null,
  ...parts
}: Case): Promise<Diagnosed> {
  const log = recordedLog()
  const fields: ProfileFields | null = to && {
    ...{ name: 'Clínica', environment: 'testing', host: to.host, port: to.port, database: to.database, user: to.user },
    ...{ tls: to.tls.mode, caFile: null, zone: 'America/Tijuana', schema: to.schema, pool: { warm: 0, max: 2 } },
    ...profile,
  }
  const diagnosis = createDiagnosis({
    ...{ database: notConnected, log, lookAtSessions },
    reach: () => to && fields && { profile: fields, options: async () => ({ ...to, log }) },
    missingIndexes: async () => 0,
    backendPackages: async () => null,
    backendUrl: async () => null,
    ...parts,
  })
  try {
    let state = await diagnosis.handlers['diagnosis.start']({ symptom, profile: null, backendUrl: url, before })
    const seen = [JSON.stringify(state)]
    while (state.verdict === null) {
      state = await diagnosis.handlers['diagnosis.next']({ id: state.id })
      seen.push(JSON.stringify(state))
    }
    const told = `${seen.join('\n')}${log.text()}`
    if (to?.password && told.includes(to.password)) throw new Error('a password was told')
    const found = (id: ProbeResult['id']) => {
      const probe = state.probes.find((one) => one.id === id)
      if (!probe) throw new Error(`${id} is not part of ${symptom}`)
      return probe
    }
    return { ...state, verdict: state.verdict, found, told }
  } finally {
    await diagnosis.close()
  }
}

/** The packages of a backend that lacks nothing. */
export const wholePackages: readonly (readonly [name: string, version: string])[] = [
  ['psycopg', '3.2.4'],
  ['psycopg-pool', '3.2.4'],
  ['fastapi', '0.115.0'],
  ['uvicorn', '0.32.0'],
]
