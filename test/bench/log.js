import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { writeLog } from '#support/log-file.js'
import { interleaved, time } from './measure.js'
import { row } from './report.js'

const rounds = 5

/**
 * Our scan of a log beside the guide's own `grep -i 'warning\|error'` on the same file, in turn; and what it adds to
 * the memory of the process.
 * @param {import('./product.js').Product} product
 * @param {number} megabytes
 */
export async function logRows({ scanLog }, megabytes) {
  mkdirSync(tmpdir(), { recursive: true })
  const folder = mkdtempSync(join(tmpdir(), 'podoskin-bench-'))
  const file = join(folder, 'backend.log')
  try {
    writeLog(file, megabytes * 1_000_000)
    const scan = () => scanLog({ kind: 'files', paths: [file] }, { workerFile: null })
    const before = process.memoryUsage().rss
    let most = before
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss)
    }, 50)
    const { ours, grep } = await interleaved(
      {
        ours: () => time(scan),
        grep: () =>
          time(async () => {
            // Counted, so that grep reads to the end; its output is not what is measured.
            execFileSync('grep', ['-ic', 'warning\\|error', file], { encoding: 'utf8' })
          }),
      },
      { rounds, warmUp: 1 },
    )
    clearInterval(watch)
    const size = Math.round(statSync(file).size / 1e6)
    return [
      row({
        ...{ id: 'log.scan', what: `log scan, ${size} MB, beside the guide's grep`, unit: 'ms' },
        ...{ measured: ours, reference: grep, budget: 3 },
      }),
      row({
        ...{ id: 'log.memory', what: `log scan, ${size} MB, memory added`, unit: 'MB' },
        ...{ measured: (most - before) / 1e6, budget: 100 },
      }),
    ]
  } finally {
    rmSync(folder, { recursive: true })
  }
}
