import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, root, test } from '#support/app.ts'
import { administrator } from '#support/people.ts'
import { startProxy } from '#support/proxy.ts'
import { followApp, type Reading } from '#support/soak-readings.ts'
import { judge } from '#support/soak-table.ts'
import { ownClinic } from '#support/window-clinic.ts'
import { say } from '#support/words.ts'
import { dashboard, login, openTab, visit, willOpen } from './pages.ts'
import { growLog, roundsOf } from './soak-day.ts'

const minutes = Number(process.env.PODOSKIN_SOAK_MINUTES ?? 60)
const out = join(root, 'out', 'soak')
/** Below this everything is warm-up, and growth is told but not judged. */
const judged = 12

test('eight hours of use, with sleeps and outages, leave memory, listeners, connections and logs as they were', async ({
  folder,
  launch,
}) => {
  mkdirSync(out, { recursive: true })
  test.setTimeout((minutes + 15) * 60_000)
  const own = await ownClinic(folder)
  const proxy = await startProxy(own.target)
  const backendLog = join(folder, 'backend.log')
  const log = growLog(backendLog)
  try {
    const opened = await launch({ clinic: { ...own.target, host: proxy.host, port: proxy.port } })
    const { app, page } = opened
    await login(page, administrator.user, administrator.password)
    await dashboard(page)
    await willOpen(app, backendLog)
    await visit(page, 'monitoring')
    await openTab(page, 'log')
    await page.getByRole('button', { name: say('log', 'source.file'), exact: true }).click()
    await expect(page.locator('[data-part="log-count"]')).toBeVisible()

    const rounds = roundsOf({ opened, own, proxy, folder })
    const readings = await followApp(opened, own.target)
    const taken: Reading[] = []
    const end = Date.now() + minutes * 60_000
    while (Date.now() < end || taken.length < 4) {
      await rounds.next()
      taken.push(await readings.take())
      // Each time, so that a run that breaks off leaves what it saw.
      writeFileSync(join(out, 'readings.json'), JSON.stringify(taken, null, 1))
    }

    const { markdown, broken } = judge(taken, { flat: minutes >= judged })
    const times = [...rounds.happened].map(([what, count]) => `| ${what} | ${count} |`)
    const report = [
      `${taken.length} rounds in ${minutes} minutes`,
      '',
      markdown,
      '',
      '| what happened | times |',
      '| --- | --- |',
      ...times,
    ].join('\n')
    writeFileSync(join(out, 'soak.md'), `${report}\n`)
    console.log(report)
    expect(broken).toEqual([])
  } finally {
    log.stop()
    await proxy.close()
    await own.remove()
  }
})
