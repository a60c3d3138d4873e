import { type ChildProcess, execFileSync, fork } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type RunOptions, runCleanup } from '#electron/cleanup/run.ts'
import type { Database } from '#electron/database/database.ts'
import { openDatabase } from '#electron/database/open.ts'
import { AppError } from '#shared/errors.ts'
import type { Order } from '#support/cleanup-process.ts'
import type { Desk } from './backed-up.ts'
import type { Phase, Scene } from './fault-scene.ts'

export const accidents = ['app killed', 'server killed', 'cable cut', 'traffic swallowed', 'disk full'] as const
export type Accident = (typeof accidents)[number]

export interface Try {
  readonly scene: Scene
  readonly at: Desk
  readonly phase: Phase
  /** Milliseconds after the phase began. */
  readonly delay: number
  readonly options: RunOptions
}

/** Each accident ends with what the run said of itself; null for one that could say nothing. */
export const strike: Record<Accident, (input: Try) => Promise<string | null>> = {
  'app killed': async ({ scene, options, phase, delay }) => {
    const child: ChildProcess = fork(scene.program, { stdio: 'ignore' })
    const {
      journal: _journal,
      log: _log,
      signal: _signal,
      report: _report,
      passPointOfNoReturn: _pass,
      ...rest
    } = options
    const { log: _other, ...database } = scene.throughCable()
    const order: Order = { database, options: rest, phase, delay }
    child.send(order)
    return new Promise((resolve) => {
      child.once('message', (word) => {
        child.kill('SIGKILL')
        resolve(String(word))
      })
      child.once('exit', () => resolve(null))
    })
  },
  'server killed': (input) => inProcess(input, async () => void (await input.scene.server.kill())),
  'cable cut': (input) => inProcess(input, async () => input.scene.proxy.cutOpen()),
  'traffic swallowed': (input) =>
    inProcess(input, async (database, reached) => {
      input.scene.proxy.swallowOpen()
      // Somebody loses patience; at its COMMIT, unless that was over before, the run finds out by itself.
      if (reached !== 'commit') setTimeout(() => void database.close(0), 300)
    }),
  'disk full': async (input) => {
    const said = await inProcess(input, async () => fill(input.at.folder))
    unlinkSync(join(input.at.folder, 'lleno'))
    return said
  },
}

async function inProcess(
  { scene, options, phase, delay }: Try,
  accident: (database: Database, reached: string) => Promise<void>,
): Promise<string> {
  const database = await openDatabase(scene.throughCable())
  let struck: Promise<void> | null = null
  let reached = ''
  const said = await runCleanup(database, {
    ...options,
    report(now) {
      reached = now
      if (now !== phase || struck !== null) return
      // A full disk does not wait; everything else comes some time within the phase.
      struck =
        delay === 0
          ? accident(database, reached)
          : new Promise((wake) => setTimeout(wake, delay)).then(() => accident(database, reached))
    },
  }).then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : 'a bug'),
  )
  await struck
  await database.close(0)
  return said
}

/** A disk that can be filled, with folders in it; null where we may not mount one. */
export function smallDisk(): { folder(): string; remove(): void } | null {
  const cache = join(process.cwd(), '.cache')
  mkdirSync(cache, { recursive: true })
  const place = mkdtempSync(join(cache, 'disk-'))
  const remove = () => rmSync(place, { recursive: true, force: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=100m', 'tmpfs', place], { stdio: 'ignore' })
  } catch {
    remove()
    return null
  }
  return {
    folder: () => mkdtempSync(join(place, 'd-')),
    remove() {
      execFileSync('umount', [place])
      remove()
    },
  }
}

/** Writes until nothing more fits. */
function fill(folder: string): void {
  const file = openSync(join(folder, 'lleno'), 'w')
  for (let size = 1024 * 1024; size >= 1; size = Math.floor(size / 16)) {
    const block = Buffer.alloc(size)
    try {
      for (;;) writeSync(file, block)
    } catch {
      // Full for blocks of this size.
    }
  }
  closeSync(file)
}
