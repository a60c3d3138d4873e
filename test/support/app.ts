import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, test as base, type ElectronApplication, expect, type Page, type TestInfo } from '@playwright/test'
import { demoCredentials } from '#scripts/clinic/clinic.js'
import type { ProfileFields } from '#shared/connection.ts'
import type { ProcedureName, TopicName } from '#shared/names.ts'
import type { Language } from '#shared/settings.ts'
import { copyClinic, type Target, type WindowClinic } from './window-clinic.ts'

export { expect } from '@playwright/test'

/** Chromium refuses its sandbox to root; every other user gets the real one. */
export const sandboxed = process.getuid?.() !== 0
export const root = join(import.meta.dirname, '../..')

/** A packaged copy that can be driven; without one the sources are tested. */
const packaged = process.env.PODOSKIN_PACKAGED

export interface LaunchOptions {
  /** Opens with this clinic as its demo, at the login; without it the app knows no connection. */
  readonly clinic?: Target
  readonly language?: Language
  /** What the clinic's profile says it is; tests by default. */
  readonly environment?: ProfileFields['environment']
  /** Kept from an earlier start of the same test. */
  readonly userData?: string
  readonly arguments?: readonly string[]
  /** A file that it is started with, as a double click does. */
  readonly open?: string
  /** The machine's policy, as its file would say it. */
  readonly policy?: string
  readonly env?: Readonly<Record<string, string>>
}

export interface OpenApp {
  readonly app: ElectronApplication
  readonly page: Page
  readonly userData: string
  /** Names the console errors that a test provokes; any other fails it. */
  expectConsole(pattern: RegExp): void
  /** Errors of the page's console, from the first load on, that no test has named. */
  consoleErrors(): string[]
  /** Calls the bridge as a script in the page's console would. */
  call(name: ProcedureName, input?: unknown): Promise<Answer>
  /** Everything that the app has logged; since the test began, where several tests share it. */
  log(): string
  /** Forgets the console and the log of the tests before. */
  begin(): void
  close(): Promise<void>
}

export interface Answer {
  readonly ok: boolean
  readonly value?: unknown
  readonly error?: { readonly code: string; readonly params: Record<string, unknown>; readonly ref: string }
}

interface Bridge {
  call(name: string, input?: unknown): Promise<Answer>
  on(topic: TopicName, listener: (payload: unknown) => void): () => void
}

declare global {
  interface Window {
    readonly podoskin: Bridge
  }
}

interface Fixtures {
  /** A folder of this test's own, deleted when it passed. */
  folder: string
  /** A folder of this test's own that may hold backups: neither temporary nor synchronised. */
  backups: string
  clinic: WindowClinic
  launch: (options?: LaunchOptions) => Promise<OpenApp>
  /** The app without a connection. */
  plain: OpenApp
  /** The app without a connection that the tests of a worker share: for those that leave nothing but a page behind. */
  resident: OpenApp
  /** The app at the login of a clinic of its own. */
  demo: OpenApp
}

export const test = base.extend<Fixtures, { shared: OpenApp }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know that there are none.
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'podoskin-window-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  },

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know that there are none.
  backups: async ({}, use) => {
    const folder = mkdtempSync(join(process.env.PODOSKIN_BACKUP_FOLDER ?? homedir(), 'podoskin-backups-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know that there are none.
  clinic: async ({}, use) => {
    const clinic = await copyClinic()
    await use(clinic)
    await clinic.drop()
  },

  launch: async ({ folder }, use, info) => {
    const opened: OpenApp[] = []
    await use(async (options = {}) => {
      const app = await open(folder, options)
      opened.push(app)
      return app
    })
    for (const one of opened) await one.close()
    await expectClean(opened, info)
  },

  plain: async ({ launch }, use) => use(await launch()),

  shared: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know that there are none.
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'podoskin-window-'))
      const app = await open(folder, {})
      await use(app)
      await app.close()
      await expectClean([app])
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
    { scope: 'worker' },
  ],

  resident: async ({ shared }, use, info) => {
    // What the test before did to its page goes with the page.
    await shared.page.reload()
    await ready(shared.page)
    shared.begin()
    await use(shared)
    await expectClean([shared], info)
  },

  demo: async ({ launch, clinic }, use) => use(await launch({ clinic })),
})

/** No error in the console of a page that no test has named, and no bug in a log. */
async function expectClean(opened: readonly OpenApp[], info?: TestInfo): Promise<void> {
  const logs = opened.map((one) => one.log()).join('\n')
  if (info && info.status !== info.expectedStatus) await info.attach('log', { body: logs, contentType: 'text/plain' })
  expect(
    opened.flatMap((one) => one.consoleErrors()),
    'errors in the console of the page',
  ).toEqual([])
  expect(logs, 'bugs in the log of the app').not.toMatch(/outcome=INTERNAL| error (uncaught|unhandled|"end )/)
}

async function open(folder: string, options: LaunchOptions): Promise<OpenApp> {
  const userData = options.userData ?? mkdtempSync(join(folder, 'user-'))
  if (options.userData === undefined) {
    mkdirSync(userData, { recursive: true })
    writeFileSync(
      join(userData, 'settings.json'),
      JSON.stringify({ schemaVersion: 1, language: options.language ?? 'es' }),
    )
  }
  const app = await _electron.launch({
    args: [
      ...(sandboxed ? [] : ['--no-sandbox']),
      // Without a device getUserMedia fails for want of one, and the refusal would not be seen.
      '--use-fake-device-for-media-stream',
      ...(options.arguments ?? []),
      ...(packaged === undefined ? [root] : []),
      ...(options.open === undefined ? [] : [options.open]),
    ],
    ...(packaged === undefined ? {} : { executablePath: packaged }),
    chromiumSandbox: sandboxed,
    // Otherwise Playwright would show a light page whatever main decides.
    colorScheme: null,
    cwd: root,
    env: environment(folder, userData, options),
  })
  const heard: string[] = []
  const expected: RegExp[] = []
  app.context().on('console', (message) => {
    if (message.type() === 'error') heard.push(message.text())
  })
  app.context().on('weberror', (error) => heard.push(String(error.error())))
  // Main opens its window once Playwright lets the app be ready, after this: the first load is heard whole.
  const page = await app.firstWindow()
  await ready(page)
  let closed = false
  let logged = 0
  app.on('close', () => {
    closed = true
  })
  return {
    app,
    page,
    userData,
    expectConsole: (pattern) => void expected.push(pattern),
    consoleErrors: () => heard.filter((text) => !expected.some((pattern) => pattern.test(text))),
    call: (name, input) => page.evaluate(([word, value]) => window.podoskin.call(word, value), [name, input] as const),
    log: () => readLogs(join(userData, 'logs')).slice(logged),
    begin: () => {
      heard.splice(0)
      expected.splice(0)
      logged = readLogs(join(userData, 'logs')).length
    },
    close: async () => {
      if (!closed) await app.close()
    },
  }
}

/** Starts the app once more over the same profile, as a second double click does; it ends at once. Returns its exit code. */
export async function startAgain({ userData }: OpenApp, words: readonly string[] = [], cwd = root): Promise<number> {
  const [program, own] =
    // Only where something inspects it does a package listen to the environment.
    packaged === undefined ? [process.env.ELECTRON_EXEC_PATH ?? '', [root]] : [packaged, ['--inspect=0']]
  const second = spawn(program, [...(sandboxed ? [] : ['--no-sandbox']), ...own, ...words], {
    env: { ...process.env, PODOSKIN_USER_DATA: userData },
    ...{ cwd, stdio: 'ignore' },
  })
  const [code] = await once(second, 'exit')
  return code
}

/** Waits until the page shows one of its screens. */
export async function ready(page: Page): Promise<void> {
  await expect(page.getByRole('heading').first()).toBeVisible({ timeout: 20_000 })
}

function environment(folder: string, userData: string, options: LaunchOptions): Record<string, string> {
  const env: Record<string, string> = {}
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value
  // Under a virtual display a Wayland session of the developer's must not be taken.
  delete env.WAYLAND_DISPLAY
  delete env.XDG_SESSION_TYPE
  delete env.PODOSKIN_TEST_SERVER
  // Without a policy of its own a test does not see that of the machine.
  env.PODOSKIN_POLICY = join(folder, 'policy.json')
  if (options.policy !== undefined) writeFileSync(env.PODOSKIN_POLICY, options.policy)
  env.PODOSKIN_USER_DATA = userData
  if (options.clinic) env.PODOSKIN_DEMO = writeDemo(folder, options.clinic, options.environment ?? 'testing')
  return { ...env, ...options.env }
}

function writeDemo(folder: string, clinic: Target, environment: ProfileFields['environment']): string {
  const { host, port, database, user, password } = clinic
  const file = join(folder, 'demo.json')
  const profile = {
    id: '6f1f7d5a-7c53-4d3e-9a8e-3f1a0f2f4b10',
    name: 'Clínica de prueba',
    environment,
    host,
    port,
    database,
    user,
    tls: 'disable',
    caFile: null,
    zone: 'America/Tijuana',
    schema: null,
    pool: { warm: 5, max: 20 },
  }
  writeFileSync(file, JSON.stringify({ profile, password, credentials: demoCredentials }))
  return file
}

function readLogs(folder: string): string {
  // A profile that cannot be written has no log in it.
  if (!existsSync(folder)) return ''
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
}
