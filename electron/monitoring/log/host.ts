import type { LogFilter, LogPage, LogRuns, LogScan, LogStatus } from '#shared/monitoring-log.ts'
import { createEngine, type Engine, type EngineState, scanOf } from './engine.ts'

/** What may be asked of a host; each question gets one answer. */
export type Question =
  | { readonly ask: 'open'; readonly paths: readonly string[] | null; readonly follow: boolean; readonly mark?: string }
  | { readonly ask: 'take'; readonly piece: Uint8Array }
  | { readonly ask: 'become'; readonly status: LogStatus }
  | { readonly ask: 'state' }
  | { readonly ask: 'page'; readonly filter: LogFilter; readonly from: number; readonly count: number }
  | { readonly ask: 'next'; readonly filter: LogFilter; readonly row: number; readonly backwards: boolean }
  | { readonly ask: 'finish' }
  | { readonly ask: 'close' }

export interface Answers {
  readonly open: null
  readonly take: null
  readonly become: null
  readonly state: EngineState | null
  readonly page: LogPage | null
  readonly next: number | null
  /** Everything that was there has been read. */
  readonly finish: { readonly scan: LogScan; readonly runs: LogRuns | null; readonly status: LogStatus } | null
  readonly close: null
}

export interface Host {
  answer(question: Question): Promise<Answers[Question['ask']]>
}

/** Milliseconds between two looks at files that were read to their end, and between two reports at most. */
const lookEvery = 400
const reportEvery = 350

/**
 * Runs one engine: reads in steps, so that questions are answered in between, looks for more, and reports its state
 * when it changed, a few times a second at most.
 */
export function createHost(report: (state: EngineState) => void): Host {
  let engine: Engine | null = null
  let following = false
  let timer: NodeJS.Timeout | null = null
  let reported = { at: 0, sign: '' }
  let later: NodeJS.Timeout | null = null
  const finishing: (() => void)[] = []

  function stop(): void {
    if (timer) clearTimeout(timer)
    if (later) clearTimeout(later)
    timer = null
    later = null
    engine?.close()
    engine = null
    for (const done of finishing.splice(0)) done()
  }

  function tick(): void {
    timer = null
    if (!engine) return
    const reading = engine.step()
    const searching = engine.search()
    changed()
    if (reading || searching) return void setImmediate(tick)
    for (const done of finishing.splice(0)) done()
    if (following) timer = setTimeout(tick, lookEvery)
  }

  function changed(): void {
    const state = engine?.state()
    if (!state || later) return
    const sign = `${state.status} ${state.read.bytes} ${state.nextEntry} ${state.firstEntry}`
    if (sign === reported.sign) return
    const wait = reported.at + reportEvery - performance.now()
    if (wait > 0) {
      later = setTimeout(() => {
        later = null
        changed()
      }, wait)
      return
    }
    reported = { at: performance.now(), sign }
    report(state)
  }

  async function finish(): Promise<Answers['finish']> {
    if (engine?.step()) await new Promise<void>((done) => finishing.push(done))
    if (!engine) return null
    const runs = engine.finish()
    const state = engine.state()
    return { scan: scanOf(state), runs, status: state.status }
  }

  return {
    async answer(question) {
      switch (question.ask) {
        case 'open':
          stop()
          reported = { at: 0, sign: '' }
          following = question.follow
          engine = createEngine({ paths: question.paths, mark: question.mark })
          setImmediate(tick)
          return null
        case 'take':
          engine?.take(Buffer.from(question.piece.buffer, question.piece.byteOffset, question.piece.byteLength))
          changed()
          return null
        case 'become':
          engine?.become(question.status)
          changed()
          return null
        case 'state':
          return engine?.state() ?? null
        case 'page': {
          const page = engine?.page(question.filter, question.from, question.count) ?? null
          if (engine && timer && page && page.searched < 1) {
            clearTimeout(timer)
            setImmediate(tick)
            timer = null
          }
          return page
        }
        case 'next':
          return engine?.nextProblem(question.filter, question.row, question.backwards) ?? null
        case 'finish':
          return finish()
        case 'close':
          stop()
          return null
      }
    },
  }
}
