// Attack: a known hole of an old Chromium, or a debugger that attaches to the running app and reads the page. Hole it
// needs: an outdated runtime in what is shipped, a debugging port. Invariant: the product depends on the newest major of
// Electron, the stand-in is named for what it is, and the app opens no port.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, root, test } from '#support/app.ts'

const newestMajor = 45

test('the product depends on the newest Electron, and the stand-in says that it is one', async ({
  plain: { app, call },
}) => {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  expect(devDependencies.electron).toBe(`^${lock.packages['node_modules/electron'].version}`)
  expect(lock.packages['node_modules/electron'].version).toMatch(new RegExp(`^${newestMajor}\\.`))
  const running = await app.evaluate(() => process.versions.electron)
  const { value } = await call('shell.about')
  const kind = Number.parseInt(running, 10) === newestMajor ? 'official' : 'stand-in'
  expect(value).toMatchObject({ electron: running, runtime: kind })
})

test('the built program holds no syntax above what the older runtime reads, and no source of ours', () => {
  const main = readFileSync(join(root, 'out/main/main.js'), 'utf8')
  const preload = readFileSync(join(root, 'out/preload/preload.cjs'), 'utf8')
  expect(main).not.toMatch(/\busing [a-z]+ ?=/)
  expect(preload).not.toMatch(/^import |\bimport\(/m)
  expect([...preload.matchAll(/require\(["'`]([^"'`]+)/g)].map(([, name]) => name)).toEqual(['electron'])
})

test('the app listens on no port of its own', async ({ plain: { app } }, info) => {
  info.skip(process.platform !== 'linux', 'read from /proc, which only Linux has')
  const ports = await app.evaluate(() => {
    const { readFileSync: read, readdirSync: list, readlinkSync: link } = process.getBuiltinModule('node:fs')
    const sockets = new Set<string>()
    for (const descriptor of list('/proc/self/fd')) {
      try {
        const inode = /^socket:\[(\d+)\]$/.exec(link(`/proc/self/fd/${descriptor}`))?.[1]
        if (inode !== undefined) sockets.add(inode)
      } catch {
        // It was closed meanwhile.
      }
    }
    return ['tcp', 'tcp6'].flatMap((kind) =>
      read(`/proc/self/net/${kind}`, 'utf8')
        .split('\n')
        .slice(1)
        .map((text) => text.trim().split(/\s+/))
        .filter((words) => words[3] === '0A' && sockets.has(words[9] ?? ''))
        .map((words) => Number.parseInt(words[1]?.split(':')[1] ?? '', 16)),
    )
  })
  // Playwright drives the app through Node's inspector and Chromium's debugging port; they are the only two.
  expect(ports.length).toBeLessThanOrEqual(2)
})
