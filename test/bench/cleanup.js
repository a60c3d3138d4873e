import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { hasDisplay, withVirtualDisplay } from '#scripts/display.js'
import { root } from '#scripts/process.js'
import { notice } from '#scripts/say.js'
import { byHand } from './by-hand.js'
import { buildCleanupApp, runCleanupApp } from './cleanup-app/start.js'
import { median, time } from './measure.js'
import { row } from './report.js'

/** @typedef {import('./cleanup-app/main.ts').Done} Done */
/** @typedef {Record<'unproven' | 'proven' | 'restore' | 'verify' | 'out' | 'back', number[]>} Times */

const passphrase = 'correct horse battery staple'
const megabyte = 1024 * 1024

/**
 * A whole cleanup, with and without proof, and its restore, beside the same work by hand, each on a fresh copy of the
 * clinic, in turn; and the memory of the main process meanwhile, also while all that a person may ask for comes in a row.
 * @param {import('./product.js').Product} product
 * @param {import('./clinic.js').BenchClinic} clinic
 * @param {number} appointments
 * @returns {Promise<import('./report.js').Row[]>}
 */
export async function cleanupRows({ level }, clinic, appointments) {
  await buildCleanupApp()
  const parent = join(root, 'out', 'bench')
  mkdirSync(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, 'cleanup-'))
  const work = (/** @type {NodeJS.ProcessEnv} */ display) => measure({ clinic, appointments, folder, level, display })
  try {
    return await (hasDisplay() ? work(process.env) : withVirtualDisplay(work))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {{ clinic: import('./clinic.js').BenchClinic, appointments: number, folder: string, level: number, display: NodeJS.ProcessEnv }} what */
async function measure({ clinic, appointments, folder, level, display }) {
  /** @type {Times} */
  const times = { unproven: [], proven: [], restore: [], verify: [], out: [], back: [] }
  let extra = { unproven: 0, sequence: 0 }
  let aside = 0
  let bytes = 0
  for (let round = 0; round < (appointments > 300_000 ? 2 : 3); round++) {
    const [one, two, three] = [await clinic.copy(), await clinic.copy(), await clinic.copy()]
    const unproven = await runCleanupApp(
      { connection: one.connection, folder, passphrase, steps: ['runUnproven'] },
      display,
    )
    await one.drop()
    const hand = await byHand(two.connection, { folder, level, plan: unproven.plan })
    times.out.push(await time(hand.outAndEmpty))
    const steps = /** @type {const} */ (['run', 'verify', 'testRestore', 'restore'])
    const sequence = await runCleanupApp({ connection: three.connection, folder, passphrase, steps }, display)
    await three.drop()
    times.back.push(await time(hand.backIn))
    await two.drop()
    const of = (/** @type {Done['step']} */ step) => sequence.done.find((each) => each.step === step)?.milliseconds ?? 0
    times.unproven.push(unproven.done[0]?.milliseconds ?? 0)
    times.proven.push(of('run'))
    times.verify.push(of('verify'))
    times.restore.push(of('restore'))
    tell(appointments, [...unproven.done, ...sequence.done], times)
    const most = (/** @type {readonly Done[]} */ done) => Math.max(...done.map((each) => each.extra))
    extra = {
      unproven: Math.max(extra.unproven, most(unproven.done)),
      sequence: Math.max(extra.sequence, most(sequence.done)),
    }
    aside = Math.max(aside, unproven.aside, sequence.aside)
    bytes = sequence.bytes
  }
  return rowsOf({ appointments, times, extra, aside, bytes, level })
}

/** Where the time went, for whoever wants to know why. @param {number} appointments @param {readonly Done[]} done @param {Times} times */
function tell(appointments, done, { out, back }) {
  for (const { step, milliseconds, phases, extra } of done) {
    const parts = phases.map(({ phase, milliseconds: part }) => `${phase} ${part}`).join(', ')
    notice(`${appointments} ${step}: ${Math.round(milliseconds)} ms, ${Math.round(extra / megabyte)} MB (${parts})`)
  }
  notice(
    `${appointments} by hand: out and emptied ${Math.round(out.at(-1) ?? 0)} ms, back in ${Math.round(back.at(-1) ?? 0)} ms`,
  )
}

/** @param {{ appointments: number, times: Times, extra: { unproven: number, sequence: number }, aside: number, bytes: number, level: number }} what */
function rowsOf({ appointments, times, extra, aside, bytes, level }) {
  const size = appointments.toLocaleString('en')
  const of = (/** @type {keyof Times} */ name) => median(times[name])
  const hand = `psql COPY | gzip -${level} and TRUNCATE`
  return [
    row({
      id: `cleanup.unproven.${appointments}`,
      what: `Cleanup of ${size} appointments with an encrypted backup (${Math.round(bytes / megabyte)} MB), against ${hand}`,
      ...{ measured: of('unproven'), reference: of('out'), unit: 'ms', budget: 1.5 },
    }),
    row({
      id: `cleanup.proven.${appointments}`,
      what: 'The same with the proof by the server, against the same',
      ...{ measured: of('proven'), reference: of('out'), unit: 'ms', budget: 3 },
    }),
    row({
      id: `cleanup.restore.${appointments}`,
      what: 'Restore, against gunzip | psql COPY into the same tables, every index and key in place',
      ...{ measured: of('restore'), reference: of('back'), unit: 'ms', budget: 1.5 },
    }),
    row({
      id: `cleanup.verify.${appointments}`,
      what: 'Reading the backup again with every check',
      measured: of('verify'),
      unit: 'ms',
    }),
    row({
      id: `cleanup.memory.${appointments}`,
      what: 'Memory of the main process during the cleanup, beyond its rest',
      ...{ measured: extra.unproven / megabyte, unit: 'MB', budget: 150 },
    }),
    row({
      id: `cleanup.memory.sequence.${appointments}`,
      what: 'The same while cleanup with proof, check, test restore and restore follow each other',
      ...{ measured: extra.sequence / megabyte, unit: 'MB', budget: 150 },
    }),
    row({
      id: `cleanup.memory.aside.${appointments}`,
      what: 'Memory of the process that makes a passphrase’s key, for less than a second',
      ...{ measured: aside / megabyte, unit: 'MB' },
    }),
  ]
}
