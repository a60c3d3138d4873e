import type { Log } from '#electron/log.ts'
import type { HandlersOf } from '#shared/contract.ts'
import type { Diagnosis } from '#shared/diagnosis.ts'
import { AppError } from '#shared/errors.ts'
import type { ProbeParts, Reach } from './probe.ts'
import { createRun, type Run } from './run.ts'

export interface DiagnosisOptions extends Omit<ProbeParts, 'platform'> {
  /** How a profile reaches its server, null for the one in use; null when there is no such profile. */
  readonly reach: (profile: string | null) => Reach | null
  /** Where the backend answers, as this workstation knows it; null when nobody has said. */
  readonly backendUrl: () => Promise<string | null>
  readonly log: Log
  readonly platform?: NodeJS.Platform
}

export interface DiagnosisPart {
  readonly handlers: Pick<HandlersOf<'diagnosis'>, 'diagnosis.start' | 'diagnosis.next'>
  /** The last diagnosis as it stands; null before the first. */
  last(): Diagnosis | null
  close(): Promise<void>
}

/**
 * From a symptom to one next step, a probe at a time. `diagnosis.next` throws `NOT_FOUND` for a diagnosis that is no
 * longer remembered (another one began); what a probe meets is its finding, never an error.
 */
export function createDiagnosis(options: DiagnosisOptions): DiagnosisPart {
  const { platform = process.platform } = options
  let current: Run | null = null

  return {
    handlers: {
      'diagnosis.start': async (input) => {
        const known = input.backendUrl ?? (await options.backendUrl().catch(() => null))
        void current?.close()
        current = createRun(input, {
          ...options,
          platform,
          reach: options.reach(input.profile),
          backendUrl: known,
        })
        return current.state()
      },
      'diagnosis.next': async ({ id }) => {
        if (current?.id !== id) throw new AppError('NOT_FOUND', { what: 'diagnosis' })
        return current.next()
      },
    },
    last: () => current?.state() ?? null,
    async close() {
      await current?.close()
    },
  }
}
