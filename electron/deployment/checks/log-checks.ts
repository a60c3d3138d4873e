import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
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
import { driverOf, poolsOf } from '#electron/deployment/python/pool-driver.ts'
import { readSources } from '#electron/deployment/python/source-files.ts'
import { isLoopback } from '#shared/connection.ts'
import type { Evidence } from '#shared/deployment.ts'
import { AppError } from '#shared/errors.ts'
import type { LogRuns, LogSource } from '#shared/monitoring-log.ts'
import { noAddress } from './backend-words.ts'

/** The backend's log, as the monitoring part reads it: files, docker or the journal. */
export interface LogOfBackend {
  /** Null while nobody chose one. */
  source(): LogSource | null
  /** Reads all of it once; `mark` is part of a path that was asked for. Throws what could not be read, `LOG_…`. */
  runs(mark: string, signal: AbortSignal): Promise<LogRuns>
}

/** Milliseconds. */
const settling = 300
/** Fewer answers than this say nothing about a rate. */
const enoughRequests = 20
/** The guide: "cerca del 0%". */
const mostErrors = 0.01

/** "0 warnings": nothing came back inside a transaction since the latest start, and the log would have said so. */
export function logMessagesCheck(session: BackendSession, log: LogOfBackend): Check {
  return {
    ...{ id: 'logMessages', step: 6, item: 'leaks', severity: 'required' },
    ...{ expires: backendExpiry, signable: true, mayNotApply: false },
    async probe(context, control) {
      const read = await readMarked(session, log, context, control)
      if ('status' in read) return read
      const { latest } = read
      const evidence = [measured('logLeaks', 'integer', latest.leaks), ...evidenceOf(read)]
      const more = [
        measured('logPoolTimeouts', 'integer', latest.poolTimeouts),
        measured('logPoolReady', 'yesNo', latest.poolReady > 0),
      ]
      if (latest.leaks > 0) {
        return { status: 'failed', evidence: [...evidence, ...more], hint: hint('logLeaks', { count: latest.leaks }) }
      }
      if (latest.poolTimeouts > 0) {
        const params = { count: latest.poolTimeouts }
        return { status: 'failed', evidence: [...evidence, ...more], hint: hint('logPoolTimeouts', params) }
      }
      const unproven = await whyUnproven(read, context)
      if (unproven) return { status: 'notVerifiable', evidence: [...evidence, ...more], hint: unproven }
      return { status: 'passed', evidence: [...evidence, ...more] }
    },
  }
}

/** "Errores 500 cerca del 0 %": the share of 5xx in the access log since the latest start, and what it was before. */
export function logErrorsCheck(session: BackendSession, log: LogOfBackend): Check {
  return {
    ...{ id: 'logErrors', step: 6, item: 'metrics', severity: 'required' },
    ...{ expires: backendExpiry, signable: true, mayNotApply: false },
    async probe(context, control) {
      const read = await readMarked(session, log, context, control)
      if ('status' in read) return read
      const { before, latest } = read
      const share = latest.requests === 0 ? null : latest.serverErrors / latest.requests
      const evidence = [
        measured('logErrorShare', 'percent', share),
        measured('logServerErrors', 'integer', latest.serverErrors),
        ...evidenceOf(read),
        measured(
          'logErrorShareBefore',
          'percent',
          before.requests === 0 ? null : before.serverErrors / before.requests,
        ),
      ]
      // One error in few requests is still an error.
      if (share !== null && share >= mostErrors) return { status: 'failed', evidence, hint: hint('logServerErrors') }
      if (!latest.started) return { status: 'notVerifiable', evidence, hint: hint('logNoStart') }
      if (!read.markSeen) return { status: 'notVerifiable', evidence, hint: hint('logNotLive') }
      if (latest.requests < enoughRequests) {
        return { status: 'notVerifiable', evidence, hint: hint('logFewRequests', { count: enoughRequests }) }
      }
      return { status: 'passed', evidence }
    },
  }
}

/** `--reload`, an address open to the whole network, and a port other than the one that was set. */
export function backendModeCheck(session: BackendSession, log: LogOfBackend): Check {
  return {
    ...{ id: 'backendMode', step: 5, item: 'backend', severity: 'advised' },
    ...{ expires: backendExpiry, signable: true, mayNotApply: false },
    async probe(context, control) {
      const read = await readMarked(session, log, context, control)
      if ('status' in read) return read
      const { address, reload, started } = read.latest
      if (!started || address === null) {
        return { status: 'notVerifiable', evidence: evidenceOf(read), hint: hint('logNoStart') }
      }
      const evidence = [
        measured('backendBinding', 'text', `${address.host}:${address.port}`),
        measured('backendReload', 'yesNo', reload),
      ]
      if (reload) {
        const status = context.profile.environment === 'production' ? 'failed' : 'warning'
        return {
          status,
          evidence,
          hint: hint('backendReload', {}, `uvicorn main:app --host ${address.host} --port ${address.port}`),
        }
      }
      const url = context.backend.url === null ? null : new URL(context.backend.url)
      const port = Number(url?.port || (url?.protocol === 'https:' ? 443 : 80))
      // Behind https stands a proxy with a port of its own.
      if (url?.protocol === 'http:' && port !== address.port) {
        return { status: 'warning', evidence, hint: hint('backendPort', { port, other: address.port }) }
      }
      if (!isLoopback(address.host)) return { status: 'warning', evidence, hint: hint('backendOpen') }
      if (!read.markSeen) return { status: 'notVerifiable', evidence, hint: hint('logNotLive') }
      return { status: 'passed', evidence }
    },
  }
}

/** Reads the log after a request of our own, which must then stand in it: so it is this backend's, and written now. */
async function readMarked(
  session: BackendSession,
  log: LogOfBackend,
  context: CheckContext,
  control: CheckControl,
): Promise<LogRuns | CheckOutcome> {
  const { backend } = context
  if (log.source() === null) return { status: 'notVerifiable', evidence: [], hint: hint('logMissing') }
  if (backend.url === null) return noAddress(context)
  const mark = `podoskin-${randomBytes(6).toString('hex')}`
  await session.with(context, control, (client) => client.ask(`/health?${mark}`))
  // The line is written beside the answer, not before it.
  await setTimeout(settling, undefined, { signal: control.signal }).catch(() => {
    throw new AppError('CANCELLED')
  })
  const read = await log.runs(mark, control.signal)
  if (read.lines === 0) return { status: 'notVerifiable', evidence: [], hint: hint('logEmpty') }
  return read
}

function evidenceOf({ lines, latest, markSeen }: LogRuns): Evidence[] {
  return [
    measured('logLines', 'integer', lines),
    measured('logStarted', 'yesNo', latest.started),
    measured('logLive', 'yesNo', markSeen),
    measured('logRequests', 'integer', latest.requests),
  ]
}

/** Why a log without the warning proves nothing; null when it does prove. */
async function whyUnproven({ latest, markSeen }: LogRuns, { backend }: CheckContext): Promise<CheckOutcome['hint']> {
  const sources = backend.folder === null ? [] : (await readSources(backend.folder)).files
  const driver = driverOf(poolsOf(sources))
  if (driver === 'asyncpg') return hint('logAsyncpg')
  // uvicorn writes its start to standard error, where the warnings go too: so that is kept.
  if (!latest.started) return hint('logNoStart')
  if (!markSeen) return hint('logNotLive')
  if (driver === null && latest.poolReady === 0) return hint('logDriverUnknown')
  if (latest.databaseRequests < enoughRequests) return hint('logFewRequests', { count: enoughRequests })
  return null
}
