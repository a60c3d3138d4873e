import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from '#support/app.ts'
import { administrator } from '#support/people.ts'
import { say } from '#support/words.ts'
import { dashboard, login, visit } from './pages.ts'

const file = Buffer.from('the next version of the app')

/** A feed on this machine that publishes version 99 with a checksum. */
async function feed(sha512: string): Promise<{ server: Server; address: string }> {
  const name = 'podoskin-admin-99.0.0-linux-x64.AppImage'
  const news = `version: 99.0.0
files:
  - url: ${name}
    sha512: ${sha512}
    size: ${file.length}
path: ${name}
sha512: ${sha512}
releaseDate: '2026-11-24T00:00:00.000Z'
`
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    response.end(path.includes('latest') ? news : path.includes(name) && !path.includes('blockmap') ? file : undefined)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

for (const [what, sha512, status, word] of [
  ['a newer version is downloaded, checked, and waits for a yes', true, 'ready', 'status.ready'],
  [
    'a download that is not what was published is thrown away, and the reason is told',
    false,
    'failed',
    'failed.signature',
  ],
] as const) {
  test(what, async ({ launch, clinic, folder }, info) => {
    info.skip(process.platform !== 'linux', 'the feed publishes an AppImage')
    const published = sha512 ? file : Buffer.from('something else')
    const { server, address } = await feed(createHash('sha512').update(published).digest('base64'))
    try {
      const own = join(folder, 'own.AppImage')
      writeFileSync(own, 'this version')
      const { page, log } = await launch({
        clinic,
        env: { PODOSKIN_UPDATE_FEED: address, APPIMAGE: own, XDG_CACHE_HOME: folder },
      })
      await login(page, administrator.user, administrator.password)
      await dashboard(page)
      await visit(page, 'settings')
      await page.getByRole('button', { name: say('updates', 'check') }).click()
      const told = page.locator(`[data-updates="${status}"]`)
      await expect(told).toHaveText(say('updates', word).replace('{{version}}', '99.0.0'))
      expect(log()).toContain('updates.found version=99.0.0')
      await expect(page.getByRole('button', { name: say('updates', 'install') })).toHaveCount(sha512 ? 1 : 0)
    } finally {
      server.close()
    }
  })
}
