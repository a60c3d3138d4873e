import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { makeBackupFolder, removeBackupFolder } from './backup-folder.js'
import { checks } from './check.js'
import { hasDisplay, withVirtualDisplay } from './display.js'
import { makeMemoryFolder } from './memory-folder.js'
import { ordinaryUser } from './ordinary-user.js'
import { packagedCopy } from './package/copy.js'
import { bin, execute, root } from './process.js'
import { run, SetupError, step } from './say.js'
import { setup } from './setup.js'

/**
 * @typedef {{ passed: number, failed: number, skipped: readonly string[], broken?: readonly string[] }} Count
 *   broken: what failed, each by its name: said once more at the end, where it is seen
 * @typedef {{ name: string, count: () => Promise<Count> }} Suite
 */

const reports = join(root, 'out', 'test')

/** @param {string} file @returns {any} the report that a test runner wrote, null when it wrote none */
function report(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** @param {string | undefined} message @returns {string} the first line of why something failed, without colours */
const because = (message) => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the runners colour their messages
  const [line = ''] = (message ?? '').replace(/\u001b\[[0-9;]*m/g, '').split('\n')
  return line && ` (${line.slice(0, 300)})`
}

/** A run that ended badly without a failed test (a crash, an unhandled error) counts as one failure.
 * @param {Count} count @param {number} code @returns {Count}
 */
const honest = (count, code) => (code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count)

/** @returns {Promise<Count>} */
async function countChecks() {
  const broken = []
  const running = checks.map(({ title, run: check }) => ({ title, ended: check() }))
  for (const { title, ended } of running) {
    const { code, output } = await ended
    console.log(`  ${code === 0 ? '✓' : '✗'} ${title}`)
    if (code !== 0) {
      broken.push(title)
      console.log(output)
    }
  }
  return { passed: checks.length - broken.length, failed: broken.length, skipped: [], broken }
}

/** @param {string} project @param {NodeJS.ProcessEnv} env @returns {Promise<Count>} */
async function countVitest(project, env) {
  const file = join(reports, `${project}.json`)
  rmSync(file, { force: true })
  const args = ['run', `--project=${project}`, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const { code } = await bin('vitest/vitest.mjs', args, { env })
  const found = report(file)
  if (!found) return { passed: 0, failed: 1, skipped: [] }
  /** @param {readonly string[]} states */
  const named = (...states) =>
    found.testResults.flatMap((/** @type {any} */ suite) =>
      suite.assertionResults
        .filter((/** @type {any} */ test) => states.includes(test.status))
        .map((/** @type {any} */ test) => test.fullName),
    )
  const failures = found.testResults
    .filter((/** @type {any} */ suite) => suite.status === 'failed')
    .flatMap((/** @type {any} */ suite) => [
      relative(root, suite.name) + because(suite.message),
      ...suite.assertionResults
        .filter((/** @type {any} */ test) => test.status === 'failed')
        .map((/** @type {any} */ test) => test.fullName + because(test.failureMessages[0])),
    ])
  return honest(
    {
      passed: found.numPassedTests,
      failed: found.numFailedTests,
      skipped: named('pending', 'skipped'),
      broken: failures,
    },
    code,
  )
}

/**
 * @param {any} suite a suite of Playwright's JSON report
 * @param {readonly string[]} states
 * @returns {string[]} title and reason of each test that ended so
 */
function endedAs(suite, states) {
  const own = (suite.specs ?? []).flatMap((/** @type {any} */ spec) =>
    spec.tests
      .filter((/** @type {any} */ test) => states.includes(test.status))
      .map(
        (/** @type {any} */ test) =>
          [spec.title, ...test.annotations.map((/** @type {any} */ one) => one.description ?? '')].join(': ') +
          because(test.results.at(-1)?.error?.message),
      ),
  )
  return [...own, ...(suite.suites ?? []).flatMap((/** @type {any} */ inner) => endedAs(inner, states))]
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {{ uid: number, gid: number } | null} user null: as we are
 * @param {readonly string[]} chosen projects and parts of files' names
 * @returns {Promise<Count>}
 */
async function countPlaywright(env, user, chosen) {
  const folder = mkdtempSync(join(tmpdir(), 'podoskin-window-'))
  const file = join(folder, 'report.json')
  const backups = makeBackupFolder()
  try {
    for (const each of user ? [folder, backups] : []) {
      if (each === null) continue
      chownSync(each, user?.uid ?? 0, user?.gid ?? 0)
      chmodSync(each, 0o700)
    }
    const args = ['test', '--reporter=list,json', `--output=${join(folder, 'results')}`, ...chosen]
    const code = await withDisplay(user, (display) =>
      bin('@playwright/test/cli.js', args, {
        ...(user ?? {}),
        env: {
          ...env,
          ...display,
          PLAYWRIGHT_JSON_OUTPUT_FILE: file,
          PODOSKIN_TEST_FOLDER: folder,
          ...(backups === null ? {} : { PODOSKIN_BACKUP_FOLDER: backups }),
          ...(user ? { HOME: folder, TMPDIR: folder } : {}),
        },
      }).then((ended) => ended.code),
    )
    const found = report(file)
    if (!found) return { passed: 0, failed: 1, skipped: [] }
    const { expected, unexpected, flaky } = found.stats
    /** @param {readonly string[]} states */
    const named = (...states) => found.suites.flatMap((/** @type {any} */ suite) => endedAs(suite, states))
    const broken = named('unexpected', 'flaky')
    return honest({ passed: expected, failed: unexpected + flaky, skipped: named('skipped'), broken }, code)
  } finally {
    rmSync(folder, { recursive: true, force: true })
    removeBackupFolder(backups)
  }
}

/** Attacks on Electron's own checklist, which packing could undo. */
const checklist = [
  ...['page-isolation', 'bridge', 'content', 'navigation', 'permissions', 'files.spec', 'external', 'runtime'],
  'secrets',
]

/**
 * Packs the program when the build is newer.
 * @param {() => Promise<Count>} count what is then tested
 * @returns {Promise<Count>}
 */
async function packed(count) {
  if (process.platform !== 'linux') {
    return { passed: 0, failed: 0, skipped: ['the packaged program: its tests watch it through /proc and X11'] }
  }
  const made = await execute(process.execPath, [join(root, 'scripts', 'package.js'), '--if-needed'], { quiet: true })
  if (made.code === 0) return count()
  console.log(made.output)
  return { passed: 0, failed: 1, skipped: [] }
}

/**
 * The whole suite of windows and the attacks on Electron's checklist, on a copy of the package that can be driven.
 * @param {NodeJS.ProcessEnv} env
 * @param {{ uid: number, gid: number } | null} user null: as we are
 */
async function countCopy(env, user) {
  const copy = { ...env, PODOSKIN_PACKAGED: await packagedCopy() }
  const counts = []
  for (const chosen of [['--project=e2e'], ['--project=security', ...checklist]])
    counts.push(await countPlaywright(copy, user, chosen))
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
    skipped: counts.flatMap(({ skipped }) => skipped),
    broken: counts.flatMap(({ broken }) => broken ?? []),
  }
}

/**
 * @template T
 * @param {{ uid: number, gid: number } | null} user
 * @param {(display: NodeJS.ProcessEnv) => Promise<T>} work
 */
function withDisplay(user, work) {
  if (hasDisplay() && !user) return work({})
  return withVirtualDisplay((environment) => work({ DISPLAY: environment.DISPLAY }), user ?? {})
}

/**
 * @param {boolean} long
 * @param {readonly string[] | undefined} only what was asked for by name
 * @returns {Promise<readonly Suite[]>}
 */
async function suites(long, only) {
  const env = { ...process.env, FORCE_COLOR: '0', ...(long ? { PODOSKIN_LONG: '1' } : {}) }
  const user = await ordinaryUser()
  const sandboxed = user.needed && user.why === null
  const window = ['--project=e2e', '--project=security']
  return [
    { name: 'check', count: countChecks },
    { name: 'unit', count: () => countVitest('unit', env) },
    { name: 'integration', count: () => countVitest('integration', env) },
    // Root only shows that the app runs for root too: all the rest stands where Chromium's real sandbox is.
    {
      name: 'window',
      count: () => countPlaywright(env, null, sandboxed ? [...window, 'window.spec.ts'] : window),
    },
    ...(sandboxed ? [{ name: 'window-user', count: () => countPlaywright(env, user, window) }] : []),
    // What `npm run package` makes, as it is; the suite on a copy of it belongs to the full size, or is asked for by name.
    { name: 'packaged', count: () => packed(() => countPlaywright(env, null, ['--project=packaged'])) },
    ...(long || only?.includes('packaged-copy')
      ? [{ name: 'packaged-copy', count: () => packed(() => countCopy(env, sandboxed ? user : null)) }]
      : []),
    // Last and alone: it measures. As we are, for it leaves its table in out/soak.
    ...(long ? [{ name: 'soak', count: () => countPlaywright(env, null, ['--project=soak']) }] : []),
    ...(user.why === null
      ? []
      : [
          {
            name: 'window-user',
            count: async () => ({ passed: 0, failed: 0, skipped: [`as an ordinary user: ${user.why}`] }),
          },
        ]),
  ]
}

const GiB = 1024 ** 3

await run(async () => {
  const { values } = parseArgs({ options: { long: { type: 'boolean', default: false }, only: { type: 'string' } } })
  const only = values.only?.split(',')
  await setup(only?.every((name) => name === 'check' || name === 'unit') ? 'check' : 'test')
  mkdirSync(reports, { recursive: true })
  const memory = makeMemoryFolder((values.long ? 14 : 4) * GiB)
  if (memory !== null) {
    process.env.TMPDIR = memory
    process.once('exit', () => rmSync(memory, { recursive: true, force: true }))
  }
  let passed = 0
  let failed = 0
  const skipped = []
  const broken = []
  for (const suite of await suites(values.long, only)) {
    if (only && !only.includes(suite.name)) continue
    step(suite.name)
    const started = Date.now()
    const count = await suite.count()
    passed += count.passed
    failed += count.failed
    skipped.push(...count.skipped)
    broken.push(...(count.broken ?? []).map((name) => `${suite.name}: ${name}`))
    const seconds = Math.round((Date.now() - started) / 1000)
    step(
      `${suite.name}: ${count.passed} passed, ${count.failed} failed, ${count.skipped.length} skipped in ${seconds} s`,
    )
  }
  for (const name of broken) console.log(`failed: ${name}`)
  for (const reason of skipped) console.log(`skipped: ${reason}`)
  if (passed + failed === 0) throw new SetupError('No test ran.', 'Name a suite that exists with --only.')
  if (failed > 0) process.exitCode = 1
  console.log(`${passed} passed, ${failed} failed`)
})
