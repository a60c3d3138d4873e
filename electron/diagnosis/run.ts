import { randomUUID } from 'node:crypto'
import type { Log } from '#electron/log.ts'
import type { Diagnosis, ProbeId, ProbeResult, StartDiagnosis, System, Verdict } from '#shared/diagnosis.ts'
import { AppError } from '#shared/errors.ts'
import { type Attempt, attemptLogin, stopOf } from './attempt.ts'
import { isCutOff, plans, probes } from './plan.ts'
import { type Finding, failed, type ProbeParts, placeOf, type Reach, type Scene, skipped } from './probe.ts'
import { verdictOf } from './verdict.ts'

/** One diagnosis on its way: a probe at a time, whenever it is asked for the next. */
export interface Run {
  readonly id: string
  state(): Diagnosis
  /** Runs the next probe and tells how things stand; when none is left, only tells. */
  next(): Promise<Diagnosis>
  /** Lets go of what it opened. */
  close(): Promise<void>
}

export interface RunOptions extends ProbeParts {
  readonly reach: Reach | null
  readonly backendUrl: string | null
  readonly log: Log
}

/** Prepares the probes of a symptom; nothing runs yet. */
export function createRun({ symptom, before }: StartDiagnosis, options: RunOptions): Run {
  const { reach, log, platform } = options
  const id = randomUUID()
  const findings = new Map<ProbeId, Finding>()
  const times = new Map<ProbeId, number>()
  const waiting = [...plans[symptom]]
  let attempt: Promise<Attempt> | null = null
  let running: Promise<void> | null = null
  let verdict: Verdict | null = null

  const scene: Scene = {
    ...options,
    findings,
    attempt() {
      attempt ??= reach === null ? Promise.resolve(nowhere) : attemptLogin(reach.options)
      return attempt
    },
  }

  async function runOne(probe: ProbeId): Promise<void> {
    const started = performance.now()
    const failures = new Set([...findings].filter(([, { status }]) => status === 'failed').map(([step]) => step))
    const finding = isCutOff(probe, failures) ? skipped() : await probes[probe](scene).catch(surprised)
    findings.set(probe, withPlace(finding))
    times.set(probe, Math.round(performance.now() - started))
    waiting.shift()
    if (waiting.length > 0) return
    verdict = verdictOf(findings, before)
    log.info('diagnosis.done', { symptom, kind: verdict.kind, cause: verdict.cause })
    await close()
  }

  /** The words of every cause may say where: names of the connection, which whoever looks at it knows. */
  function withPlace(finding: Finding): Finding {
    if (finding.cause === null || reach === null) return finding
    return { ...finding, facts: { ...placeOf(reach.profile), ...finding.facts } }
  }

  function surprised(error: unknown): Finding {
    const { finding } = stopOf(error)
    const code = error instanceof AppError ? error.code : 'INTERNAL'
    log.warn('diagnosis.probeFailed', { code })
    return finding.cause === null ? failed('unexpected', { code }) : finding
  }

  async function close(): Promise<void> {
    const made = await attempt?.catch(() => null)
    await made?.database?.close(0).catch(() => undefined)
  }

  function state(): Diagnosis {
    const results = plans[symptom].map((probe): ProbeResult => {
      const finding = findings.get(probe)
      const status = finding?.status ?? (probe === waiting[0] ? 'running' : 'waiting')
      return {
        ...{ id: probe, status },
        cause: finding?.cause ?? null,
        note: finding?.note ?? null,
        facts: finding?.facts ?? {},
        milliseconds: times.get(probe) ?? null,
      }
    })
    return { id, symptom, probes: results, verdict, system: systemOf(platform) }
  }

  return {
    id,
    state,
    close,
    async next() {
      const [probe] = waiting
      if (probe !== undefined) {
        running ??= runOne(probe).finally(() => {
          running = null
        })
        await running
      }
      return state()
    },
  }
}

const nowhere: Attempt = { database: null, at: 'profile', finding: failed('noProfile') }

function systemOf(platform: NodeJS.Platform): System {
  return platform === 'win32' ? 'windows' : platform === 'darwin' ? 'macos' : 'linux'
}
