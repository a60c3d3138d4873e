import { Worker } from 'node:worker_threads'
import { AppError } from '#shared/errors.ts'
import type { EngineState } from './engine.ts'
import { type Answers, createHost, type Question } from './host.ts'

/** A log engine somewhere else, or here. */
export interface Thread {
  ask<Q extends Question>(question: Q): Promise<Answers[Q['ask']]>
  /** Ends it and everything that it had open. */
  stop(): Promise<void>
}

interface Reply {
  readonly id?: number
  readonly value?: unknown
  readonly failed?: true
  readonly state?: EngineState
}

/** Megabytes of JavaScript that the thread may use: its index is a few of them, whatever the size of the log. */
const memory = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 16 } as const

/**
 * Starts an engine in a thread of its own, from the bundle's second file. Without a file it runs here, for programs
 * that have no window to keep fluid. A question that the thread cannot answer any more throws `INTERNAL`.
 */
export function startThread(workerFile: string | null, report: (state: EngineState) => void): Thread {
  if (workerFile === null) {
    const host = createHost(report)
    return {
      ask: async <Q extends Question>(question: Q) => (await host.answer(question)) as Answers[Q['ask']],
      stop: async () => void (await host.answer({ ask: 'close' })),
    }
  }
  const worker = new Worker(workerFile, { resourceLimits: memory })
  const waiting = new Map<number, { done: (value: unknown) => void; fail: (error: unknown) => void }>()
  let asked = 0
  let ended = false

  function end(): void {
    ended = true
    for (const { fail } of waiting.values()) fail(new AppError('INTERNAL'))
    waiting.clear()
  }
  worker.on('error', end)
  worker.on('exit', end)
  worker.on('message', ({ id, value, failed, state }: Reply) => {
    if (state) return report(state)
    const question = waiting.get(id ?? -1)
    waiting.delete(id ?? -1)
    if (failed) question?.fail(new AppError('INTERNAL'))
    else question?.done(value)
  })

  return {
    ask<Q extends Question>(question: Q) {
      return new Promise<Answers[Q['ask']]>((done, fail) => {
        if (ended) return fail(new AppError('INTERNAL'))
        asked += 1
        waiting.set(asked, { done: (value) => done(value as Answers[Q['ask']]), fail })
        worker.postMessage({ id: asked, question })
      })
    },
    async stop() {
      await worker.terminate()
    },
  }
}
