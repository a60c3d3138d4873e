import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listBackups } from '#electron/cleanup/backup/list.ts'
import { readBackup } from '#electron/cleanup/backup/reader.ts'
import { readHistory } from '#electron/cleanup/history.ts'
import { openJournal } from '#electron/cleanup/journal.ts'
import { recordedLog } from '#support/log.ts'
import { type Accident, accidents, smallDisk, strike } from './accidents.ts'
import { desk, restore } from './backed-up.ts'
import { openScene, type Phase, phases, type Scene } from './fault-scene.ts'
import { long } from './setting.ts'

/** Tries of each accident in each phase: 25 in all, or 512 at full size. */
const tries: Record<Accident, number> = long
  ? { 'app killed': 20, 'server killed': 6, 'cable cut': 20, 'traffic swallowed': 12, 'disk full': 6 }
  : { 'app killed': 1, 'server killed': 1, 'cable cut': 1, 'traffic swallowed': 1, 'disk full': 1 }
/** At small size each accident meets some of the phases; at full size all of them. */
const met: Record<Accident, readonly Phase[]> = long
  ? {
      'app killed': phases,
      'server killed': phases,
      'cable cut': phases,
      'traffic swallowed': phases,
      'disk full': phases,
    }
  : {
      'app killed': phases,
      'server killed': ['export', 'empty', 'commit'],
      'cable cut': phases,
      'traffic swallowed': ['proof', 'empty', 'commit'],
      'disk full': ['export', 'reread', 'commit'],
    }

const seen: {
  fault: string
  phase: Phase
  clinic: string
  tries: number
  before: number
  after: number
  third: number
}[] = []
const disk = smallDisk()

afterAll(() => {
  disk?.remove()
  const total = { fault: 'all', phase: '', clinic: '', tries: 0, before: 0, after: 0, third: 0 }
  for (const each of seen)
    for (const count of ['tries', 'before', 'after', 'third'] as const) total[count] += each[count]
  const heads = [
    'fault',
    'phase',
    'clinic',
    'tries',
    'as before',
    'clean beside its backup',
    'a third state, or another failure',
  ]
  const lines = [heads, heads.map(() => '---'), ...[...seen, total].map(Object.values)]
  const table = `${lines.map((line) => `| ${line.join(' | ')} |`).join('\n')}\n`
  const folder = join(process.cwd(), 'out', 'test')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, long ? 'faults-long.md' : 'faults.md'), table)
  console.log(table)
})

async function attempt(scene: Scene, accident: Accident, phase: Phase, turn: number): Promise<'before' | 'after'> {
  const at = accident === 'disk full' && disk !== null ? { ...desk(), folder: disk.folder() } : desk()
  const journal = openJournal({ file: join(at.folder, 'cleanups.json'), log: recordedLog() })
  const options = { ...(await scene.confirm(at, phase)), folder: at.folder, journal }
  const delay = accident === 'disk full' || turn === 0 ? 0 : (turn * 7919) % scene.short
  const said = await strike[accident]({ scene, at, phase, delay, options })
  if (accident === 'server killed') {
    await scene.server.start()
    await scene.reconnect()
  }
  scene.proxy.cutOpen()
  await scene.sessionsGone()
  const now = await scene.state()
  const clean = [...now].some(([name, digest]) => scene.before.get(name) !== digest)
  // Never a third state.
  expect(now).toEqual(clean ? scene.after : scene.before)
  if (said === 'done') expect(clean).toBe(true)
  if (said !== null && said !== 'done' && said !== 'COMMIT_UNKNOWN') expect([clean, said]).toEqual([false, said])
  expect(said).not.toBe('a bug')

  // What is offered is whole.
  const unlock = { identity: scene.keys.identity }
  const offered = await listBackups(at.folder)
  for (const { file } of offered) await readBackup(file, unlock)
  const again = openJournal({ file: join(at.folder, 'cleanups.json'), log: recordedLog() })
  await scene.direct(async (database) => {
    const history = await readHistory(database, { journal: again, log: recordedLog(), running: () => null })
    // Whoever opens the app again learns what became of it.
    if (offered.length > 0 && again.entries().length > 0)
      expect(history.map(({ outcome }) => outcome)).toEqual([clean ? 'done' : 'undone'])
    if (!clean) return
    expect(offered.length).toBe(1)
    const [backup] = offered
    await restore(database, { ...at, journal: again }, backup?.name ?? '', { unlock })
    expect(await scene.state()).toEqual(scene.before)
  })
  if (said !== null && !clean) expect(readdirSync(at.folder).filter((name) => name.endsWith('.partial'))).toEqual([])
  if (accident === 'disk full') rmSync(at.folder, { recursive: true, force: true })
  return clean ? 'after' : 'before'
}

/** As many tries, counted whatever becomes of them. */
function hits(name: 'small' | 'demo', scene: () => Scene, accident: Accident, phase: Phase, turns: readonly number[]) {
  it(`${accident} during ${phase}, ${turns.length} times`, { timeout: 120_000 * turns.length }, async (context) => {
    if (accident === 'disk full' && disk === null) return context.skip('no right to mount a small disk')
    const count = { fault: accident, phase, clinic: name, tries: 0, before: 0, after: 0, third: 0 }
    seen.push(count)
    for (const turn of turns) {
      count.tries += 1
      const end = await attempt(scene(), accident, phase, turn).catch((error: unknown) => {
        count.third += 1
        throw error
      })
      count[end] += 1
    }
  })
}

describe('whatever happens, the database is as it was, or clean beside a whole backup', () => {
  let scene: Scene
  beforeAll(async () => {
    scene = await openScene('small')
  }, 240_000)
  afterAll(() => scene.close())

  for (const accident of accidents)
    for (const phase of met[accident]) {
      const first = long ? 0 : phases.indexOf(phase)
      hits(
        'small',
        () => scene,
        accident,
        phase,
        Array.from({ length: tries[accident] }, (_, i) => first + i),
      )
    }
})

if (long)
  describe('the same of the whole demo clinic', () => {
    let scene: Scene
    beforeAll(async () => {
      scene = await openScene('demo')
    }, 240_000)
    afterAll(() => scene.close())

    for (const accident of accidents) hits('demo', () => scene, accident, 'empty', [1])
  })
