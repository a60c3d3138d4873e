import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from './process.js'
import { done, run, SetupError, step } from './say.js'
import { setup } from './setup.js'

const small = 100_000
const results = join(root, 'out', 'bench', 'results.json')

/** @param {string} text */
function appointments(text) {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 1_000 && count <= 10_000_000) return count
  throw new SetupError(`"${text}" is not a number of appointments.`, 'Give a whole number from 1000 to 10000000.')
}

/**
 * @param {import('#bench/clinic.js').BenchClinic} clinic
 * @param {number} count
 */
async function cleanup(clinic, count) {
  step(`Cleanup of ${count} appointments: ours and COPY, gzip and TRUNCATE by hand, in turn`)
  const { buildProduct } = await import('#bench/product.js')
  const { cleanupRows } = await import('#bench/cleanup.js')
  return cleanupRows(await buildProduct(), clinic, count)
}

/** Measures the budgets of the design, prints them and writes `out/bench/results.json`. */
await run(async () => {
  const { values } = parseArgs({
    options: {
      appointments: { type: 'string', default: '1000000' },
      only: { type: 'string', default: 'dashboard,backup,cleanup,log,window,page' },
      megabytes: { type: 'string', default: '1000' },
    },
  })
  const count = appointments(values.appointments)
  const parts = values.only.split(',')
  await setup('run')
  const { table, writeResults } = await import('#bench/report.js')
  const rows = []
  if (parts.includes('log')) {
    step('Log: our scan and the guide’s grep, in turn')
    const { buildProduct } = await import('#bench/product.js')
    const { logRows } = await import('#bench/log.js')
    rows.push(...(await logRows(await buildProduct(), Number(values.megabytes))))
  }
  if (parts.includes('package')) {
    step('Package: the untouched package and an empty one, in turn')
    rows.push(...(await (await import('#bench/package.js')).packageRows()))
  }
  if (parts.includes('page')) rows.push((await import('#bench/page.js')).pageRow())
  if (parts.some((part) => ['dashboard', 'window', 'backup', 'cleanup'].includes(part))) {
    const { benchClinic } = await import('#bench/clinic.js')
    const clinic = await benchClinic(count)
    try {
      if (parts.includes('dashboard')) {
        step('Dashboard: loads, the guide’s way and the server’s own time, in turn')
        const { buildProduct } = await import('#bench/product.js')
        const { dashboardRows } = await import('#bench/dashboard.js')
        rows.push(...(await dashboardRows(await buildProduct(), clinic, count)))
      }
      if (parts.includes('backup')) {
        step('Backup: ours and COPY | gzip, in turn')
        const { buildProduct } = await import('#bench/product.js')
        const { backupRows } = await import('#bench/backup.js')
        rows.push(...(await backupRows(await buildProduct(), clinic, count)))
      }
      if (parts.includes('window')) {
        step('Window: the app and an empty window, in turn')
        const { windowRows } = await import('#bench/window.js')
        rows.push(...(await windowRows(clinic.demo)))
      }
      if (parts.includes('cleanup')) rows.push(...(await cleanup(clinic, count)))
    } finally {
      await clinic.stop()
    }
  }
  // How it grows shows only beside a smaller clinic.
  if (parts.includes('cleanup') && count > small) {
    const { benchClinic } = await import('#bench/clinic.js')
    const clinic = await benchClinic(small)
    try {
      rows.unshift(...(await cleanup(clinic, small)))
    } finally {
      await clinic.stop()
    }
  }
  writeResults(results, rows)
  console.log(`\n${table(rows)}\n`)
  const missed = rows.filter(({ met }) => met === false).length
  done(`${rows.length} rows, ${missed} over budget: out/bench/results.json`)
})
