// The program's own run in a process of its own, to be killed: it says each phase, and dies where it was told to.
import { join } from 'node:path'
import { openJournal } from '#electron/cleanup/journal.ts'
import { type RunOptions, runCleanup } from '#electron/cleanup/run.ts'
import { type DatabaseOptions, openDatabase } from '#electron/database/open.ts'
import { recordedLog } from './log.ts'

/** What the parent sends. */
export interface Order {
  readonly database: Omit<DatabaseOptions, 'log'>
  readonly options: Omit<RunOptions, 'journal' | 'log' | 'signal' | 'report' | 'passPointOfNoReturn'>
  /** The phase in which it dies, and how many milliseconds after the phase began. */
  readonly phase: string
  readonly delay: number
}

process.once('message', (order: Order) => {
  void run(order).then(
    () => process.send?.('done'),
    (error: unknown) => process.send?.(error instanceof Error ? error.message : 'unknown'),
  )
})

async function run({ database, options, phase, delay }: Order): Promise<void> {
  const log = recordedLog()
  const opened = await openDatabase({ ...database, log })
  const die = () => process.kill(process.pid, 'SIGKILL')
  let told = false
  await runCleanup(opened, {
    ...options,
    ...{ log, journal: openJournal({ file: join(options.folder, 'cleanups.json'), log }) },
    signal: new AbortController().signal,
    passPointOfNoReturn() {},
    report(now) {
      if (now !== phase || told) return
      told = true
      if (delay === 0) die()
      else setTimeout(die, delay)
    },
  })
  await opened.close()
}
