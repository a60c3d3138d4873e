// Attack: somebody leaves a file where the app will read it: its own settings, connections, window, login tries, evidence
// of the checklist; a `.env` that a person is talked into importing. Hole it needs: a file that is trusted because of its
// name, that is read whole whatever its size, whose keys reach a prototype, whose content is told. Invariant: what is not
// ours to the letter is set aside, the app starts, and nothing of the file is shown, logged or run.
import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type OpenApp, test } from '#support/app.ts'

const secret = 'root-hash-5e884898'
const pollution = '"__proto__":{"polluted":1,"role":"admin"},"constructor":{"prototype":{"polluted":1}}'
const files = ['settings.json', 'connections.json', 'window.json', 'throttle.json', 'deployment.json', 'cleanups.json']

/** What can lie in a file: bytes, a folder, or a size without content. */
type Content = string | Buffer | 'folder' | { readonly bytes: number }

const hostile: Readonly<Record<string, (name: string) => Content>> = {
  'keys that reach prototypes': (name) =>
    name === 'connections.json'
      ? `{"schemaVersion":1,"lastUsedId":"__proto__","profiles":[{${pollution}}],${pollution}}`
      : `{"schemaVersion":1,"language":"es",${pollution}}`,
  'values of other types': () =>
    JSON.stringify({
      ...{
        schemaVersion: { valueOf: 1 },
        language: ['es'],
        appearance: {},
        idleMinutes: '1; DROP',
        profiles: { length: 9 },
      },
      ...{ lastUsedId: 7, bounds: { x: '0', y: [], width: null, height: {} }, maximized: 'yes', names: [], key: 'x' },
    }),
  'a script and a path in every text': () =>
    JSON.stringify({
      ...{
        schemaVersion: 1,
        language: '<script>alert(1)</script>',
        appearance: '../../etc/passwd',
        lastUsedId: '../..',
      },
      profiles: [{ name: '<img src=x onerror=alert(1)>', host: 'evil.example;rm -rf /', caFile: '/etc/shadow' }],
    }),
  'a depth of a million': () => `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`,
  'bytes that are no text': () => Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 37) % 256)),
  'a gigabyte of nothing': () => ({ bytes: 1024 * 1024 * 1024 }),
  'a folder': () => 'folder',
}

function leave(folder: string, name: string, content: Content): void {
  const path = join(folder, name)
  if (content === 'folder') mkdirSync(path)
  else if (typeof content === 'string' || Buffer.isBuffer(content)) writeFileSync(path, content)
  else {
    writeFileSync(path, '')
    // Sparse: it has the size and takes no room.
    truncateSync(path, content.bytes)
  }
}

async function unpolluted({ app, page }: OpenApp): Promise<void> {
  const look = () => Reflect.get({}, 'polluted') ?? null
  expect([await app.evaluate(look), await page.evaluate(look)]).toEqual([null, null])
}

for (const [what, make] of Object.entries(hostile)) {
  test(`the app starts beside its own files with ${what}`, async ({ launch, folder }) => {
    const userData = join(folder, 'user')
    mkdirSync(userData)
    for (const name of files) leave(userData, name, make(name))
    const opened = await launch({ userData })
    const { call, app, page } = opened
    expect((await call('settings.read')).value).toMatchObject({ idleMinutes: 10, refreshSeconds: 60 })
    expect((await call('connection.state')).value).toMatchObject({ profiles: [], currentId: null, status: 'closed' })
    expect((await call('session.current')).value).toEqual({ status: 'out' })
    const [width, height] = await (await app.browserWindow(page)).evaluate((window) => window.getSize())
    expect(width).toBeGreaterThanOrEqual(1024)
    expect(height).toBeGreaterThanOrEqual(700)
    // It works on: what it stores from now on takes the place of what lay there, unless a folder does.
    const saved = await call('settings.save', { idleMinutes: 7 })
    expect(saved.ok ? saved.value : saved.error?.code).toEqual(
      what === 'a folder' ? 'SETTINGS_NOT_SAVED' : expect.objectContaining({ idleMinutes: 7 }),
    )
    await unpolluted(opened)
  })
}

test('an imported .env gives its database and nothing else of itself, whatever it is', async ({ plain, folder }) => {
  const { app, call, log } = plain
  const at = (name: string, content: Content): string => {
    leave(folder, name, content)
    return join(folder, name)
  }
  const choose = async (path: string) => {
    await app.evaluate(({ dialog }, file) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [file] })
    }, path)
    expect((await call('shell.chooseFile', { purpose: 'env' })).value).toBe(path)
    const started = performance.now()
    const answer = await call('connection.importEnv', { path })
    expect(performance.now() - started, path).toBeLessThan(2_000)
    return answer
  }
  const shadow = at('shadow', `root:${secret}:19000:0:99999:7:::\n`)
  const link = join(folder, 'link.env')
  symlinkSync(shadow, link)
  const refusals: readonly (readonly [string, string])[] = [
    [link, 'INVALID_INPUT'],
    [at('huge.env', { bytes: 1024 * 1024 * 1024 }), 'PAYLOAD_TOO_LARGE'],
    [at('binary.env', Buffer.from(Array.from({ length: 4096 }, (_, byte) => byte % 256))), 'INVALID_INPUT'],
    [at('folder.env', 'folder'), 'NOT_FOUND'],
    [at('keys.env', '__proto__=x\nconstructor=x\n__proto__.polluted=1\ntoString=x\n'), 'INVALID_INPUT'],
    ...(process.platform === 'linux'
      ? ([
          ['/dev/zero', 'NOT_FOUND'],
          ['/proc/self/environ', 'INVALID_INPUT'],
        ] as const)
      : []),
  ]
  for (const [path, code] of refusals) {
    const answer = await choose(path)
    expect(answer.error?.code, path).toBe(code)
    expect(JSON.stringify(answer), path).not.toContain(secret)
  }
  if (process.platform !== 'win32') {
    const pipe = join(folder, 'pipe.env')
    execFileSync('mkfifo', [pipe])
    // Nobody writes to it: whoever waits for it waits without end, and four of them are all the workers Node has.
    for (let tries = 0; tries < 5; tries += 1) expect((await choose(pipe)).error?.code).toBe('NOT_FOUND')
  }
  const nul = at('nul.env', `DB_HOST=localhost\0evil\nDB_USER=${secret}\nDB_PASSWORD=${secret}-password\n__proto__=x\n`)
  const imported = await choose(nul)
  expect(imported.ok).toBe(true)
  expect(JSON.stringify(imported)).not.toContain(`${secret}-password`)
  // The profile that would be made of it is refused for its NUL.
  const { fields } = imported.value as { fields: Record<string, unknown> }
  const profile = {
    ...{ name: 'x', environment: 'testing', tls: 'disable', caFile: null, zone: 'America/Tijuana', schema: null },
    ...{ pool: { warm: 0, max: 2 }, ...fields, database: 'x' },
  }
  expect((await call('connection.test', { profile, id: null, password: null })).error?.code).toBe('INVALID_INPUT')
  await unpolluted(plain)
  expect(log()).not.toContain(secret)
})

test('a file that no person chose is not read, wherever the page says that it lies', async ({ plain, folder }) => {
  const path = join(folder, 'own.env')
  writeFileSync(path, 'DB_HOST=localhost\nDB_NAME=clinica\nDB_USER=diario\n')
  const paths = [
    path,
    '/etc/passwd',
    '//evil.example/share/.env',
    '\\\\evil.example\\share\\.env',
    'file:///etc/passwd',
  ]
  for (const one of paths) {
    expect((await plain.call('connection.importEnv', { path: one })).error?.code, one).toBe('NOT_FOUND')
  }
})

test('a certificate file of any kind is only ever a certificate file', async ({ plain, folder }) => {
  const shadow = join(folder, 'shadow')
  writeFileSync(shadow, `root:${secret}:19000:0:99999:7:::\n`)
  const huge = join(folder, 'huge.pem')
  writeFileSync(huge, '-----BEGIN CERTIFICATE-----\n')
  truncateSync(huge, 1024 * 1024 * 1024)
  const pipe = join(folder, 'pipe.pem')
  if (process.platform !== 'win32') execFileSync('mkfifo', [pipe])
  for (const caFile of [shadow, huge, pipe, folder, ...(process.platform === 'linux' ? ['/dev/zero'] : [])]) {
    const profile = {
      ...{ name: 'x', environment: 'testing', host: '127.0.0.1', port: 1, database: 'x', user: 'x' },
      ...{ tls: 'verify-full', caFile, zone: 'America/Tijuana', schema: null, pool: { warm: 0, max: 2 } },
    }
    const answer = await plain.call('connection.test', { profile, id: null, password: 'x' })
    expect(answer.error?.code, caFile).toBe('CA_FILE_UNREADABLE')
    expect(JSON.stringify(answer)).not.toContain(secret)
  }
})
