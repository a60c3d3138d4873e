import type { Database } from '#electron/database/database.ts'
import type { Log } from '#electron/log.ts'
import type { HandlersOf } from '#shared/contract.ts'
import type { BackendSettings, CheckId, DecisionKind, DeploymentState, IssuedCertificate } from '#shared/deployment.ts'
import { AppError } from '#shared/errors.ts'
import type { ExportResult } from '#shared/export.ts'
import type { Job, JobKind, JobProgress } from '#shared/jobs.ts'
import es from '#shared/locales/es/deployment.json'
import type { LogSource } from '#shared/monitoring-log.ts'
import type { SessionState } from '#shared/session.ts'
import { backendPlaces, type ChooseBackendPlace } from './backend-place.ts'
import { readBasis } from './basis.ts'
import { certify } from './certificate.ts'
import { certificateCode, certificateFile } from './certificate-code.ts'
import type { Check, CheckContext, ProfileFacts } from './check.ts'
import { createEnvEditor } from './env-editor.ts'
import { chosen, runChecks } from './run.ts'
import { itemsOf, standingOf } from './standing.ts'
import { type Basis, openDeploymentStore } from './store.ts'

export interface DeploymentParts {
  readonly file: string
  readonly checks: readonly Check[]
  /** The open database. Throws `NOT_CONNECTED`. */
  readonly database: () => Database
  /** The connection in use; null without one. */
  readonly profile: () => ProfileFacts | null
  readonly zone: () => string
  readonly session: { state(): SessionState }
  readonly jobs: {
    start(
      kind: JobKind,
      work: (control: {
        readonly signal: AbortSignal
        report(progress: Omit<JobProgress, 'secondsLeft' | 'cancellable'>): void
      }) => Promise<void>,
    ): Job
  }
  /** Where the backend's log is read; null while nobody chose that. */
  readonly logSource: () => LogSource | null
  /** Asks a person for a folder of the backend; null when they change their mind. */
  readonly choosePlace: ChooseBackendPlace
  /** Asks where to keep a file and writes it. Throws `FILE_NOT_WRITTEN`. */
  readonly keepFile: (title: string, ending: 'json', content: string) => Promise<ExportResult>
  /** The version of this program. */
  readonly app: string
  readonly log: Log
  /** Milliseconds since the epoch. */
  readonly now?: () => number
}

/**
 * The checklist of going live: runs its checks as a job, keeps evidence and the decisions of persons for each
 * connection, and issues the certificate. Throws `NOT_CONNECTED` while no connection is open.
 */
export function createDeployment(parts: DeploymentParts): { readonly handlers: HandlersOf<'deployment'> } {
  const { checks, database, zone, session, jobs, log, now = Date.now } = parts
  const store = openDeploymentStore({ file: parts.file, log, now })
  let secret: { readonly profile: string; readonly user: string; readonly password: string } | null = null
  let issued: IssuedCertificate | null = null

  const seconds = () => Math.floor(now() / 1000)
  const basisOf = (profile: ProfileFacts) => readBasis(profile, store.backend(profile.id), parts.logSource(), database)
  const stateOf = (check: Check, profile: ProfileFacts, basis: Basis) =>
    standingOf(check, store.check(profile.id, check.id), basis, seconds())

  function inUse(): ProfileFacts {
    const profile = parts.profile()
    if (!profile) throw new AppError('NOT_CONNECTED')
    return profile
  }

  function find(id: CheckId): Check {
    const check = checks.find((one) => one.id === id)
    if (!check) throw new AppError('NOT_FOUND', { what: 'check' })
    return check
  }

  /** Who decides or runs, as the database names them; a decision of nobody is none. */
  function author(): string {
    const state = session.state()
    if (state.status === 'out') throw new AppError('NOT_LOGGED_IN')
    return `${state.user.fullName} (${state.user.userName})`
  }

  async function state(): Promise<DeploymentState> {
    const profile = inUse()
    const basis = await basisOf(profile)
    const standing = checks.map((check) => stateOf(check, profile, basis))
    const items = itemsOf(standing)
    const verified = items.filter((item) => item.verified).length
    const basisKnown = basis.schema !== null
    return {
      profile: { name: profile.name, environment: profile.environment, place: placeOf(profile) },
      checks: standing,
      items,
      verified,
      ready: basisKnown && verified === items.length,
      backend: store.backend(profile.id),
      log: parts.logSource(),
      backendUser: secret?.profile === profile.id ? secret.user : null,
      basisKnown,
    }
  }

  async function run(ids: readonly CheckId[] | null): Promise<Job> {
    const profile = inUse()
    const by = author()
    const basis = await basisOf(profile)
    const standing = (id: CheckId) => stateOf(find(id), profile, basis)
    const wanted = chosen(checks, ids).filter(({ id }) => ids !== null || standing(id).status !== 'notApplicable')
    const context: CheckContext = {
      profile,
      zone: zone(),
      backend: store.backend(profile.id),
      credentials: secret?.profile === profile.id ? secret : null,
      database,
      standing: (id) => (checks.some((check) => check.id === id) ? standing(id) : { status: 'pending', result: null }),
      now,
    }
    const assertSame = () => {
      if (parts.profile()?.id !== profile.id) throw new AppError('NOT_CONNECTED')
    }
    return jobs.start('deployment.verify', (control) =>
      runChecks(
        {
          checks: wanted,
          profile: profile.id,
          context,
          basis: () => basisOf(profile),
          store,
          assertSame,
          by,
          log,
          now,
        },
        control,
      ),
    )
  }

  async function decide(id: CheckId, kind: DecisionKind, reason: string): Promise<DeploymentState> {
    const profile = inUse()
    const check = find(id)
    const basis = await basisOf(profile)
    const { may, result } = stateOf(check, profile, basis)
    const allowed = { signed: may.sign, waived: may.waive, notApplicable: may.notApplicable }[kind]
    // What was on the screen when the person decided is no longer what stands here.
    if (!allowed) throw new AppError('CHECK_DECISION_REFUSED', { check: id })
    const [at, by, covers] = [seconds(), author(), result?.status ?? null]
    const entry = { at, kind, status: covers, by, reason }
    await store.changeCheck(profile.id, id, { decision: { kind, by, reason, at, basis, covers } }, entry)
    log.info('deployment.decided', { check: id, kind })
    return state()
  }

  async function changeBackend(part: Partial<BackendSettings>): Promise<DeploymentState> {
    const profile = inUse()
    await store.changeBackend(profile.id, { ...store.backend(profile.id), ...part })
    return state()
  }

  const env = createEnvEditor({ folder: () => store.backend(inUse().id).folder, target: parts.profile, log })

  return {
    handlers: {
      'deployment.state': state,
      'deployment.run': ({ checks: ids }) => run(ids),
      'deployment.decide': ({ check, kind, reason }) => decide(check, kind, reason),
      'deployment.clear': async ({ check }) => {
        const profile = inUse()
        const entry = { at: seconds(), kind: 'cleared' as const, status: null, by: author(), reason: '' }
        if (store.check(profile.id, check).decision === null) throw new AppError('CHECK_DECISION_REFUSED', { check })
        await store.changeCheck(profile.id, check, { decision: null }, entry)
        return state()
      },
      'deployment.choosePlace': async ({ place }) => {
        const before = inUse().id
        const path = await parts.choosePlace(place)
        // The connection may have changed while the dialog was open.
        if (inUse().id !== before) throw new AppError('NOT_CONNECTED')
        return path === null ? state() : changeBackend(backendPlaces[place].chosen(path))
      },
      'deployment.forgetPlace': ({ place }) => changeBackend(backendPlaces[place].forgotten),
      'deployment.saveBackend': ({ url }) => changeBackend({ url }),
      'deployment.credentials': async ({ credentials }) => {
        secret = credentials && { profile: inUse().id, ...credentials }
        return state()
      },
      'deployment.readEnv': env.read,
      'deployment.writeEnv': env.write,
      'deployment.certificate': async () => {
        const certificate = certify({
          ...{ state: await state(), zone: zone(), app: parts.app, author: author() },
          now: new Date(now()),
        })
        issued = { certificate, code: certificateCode(certificate) }
        return issued
      },
      'deployment.saveCertificate': ({ code }) => {
        if (issued?.code !== code) throw new AppError('NOT_FOUND', { what: 'certificate' })
        return parts.keepFile(es.certificate.title, 'json', certificateFile(issued.certificate, code))
      },
    },
  }
}

function placeOf({ user, host, port, database }: ProfileFacts): string {
  return `${user}@${host}:${port}/${database}`
}
