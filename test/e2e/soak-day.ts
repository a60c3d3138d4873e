import { appendFileSync, existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PoolFigures } from '#shared/monitoring.ts'
import { expect, type OpenApp } from '#support/app.ts'
import { administrator, receptionist } from '#support/people.ts'
import type { NetworkProxy } from '#support/proxy.ts'
import type { OwnClinic } from '#support/window-clinic.ts'
import { say } from '#support/words.ts'
import { decideSigns, goTo, rehearseButton, settled } from './cleanup-pages.ts'
import { line, verify } from './deployment-pages.ts'
import { dashboard, login, openTab, unlock, visit, willSave } from './pages.ts'

export interface Day {
  readonly opened: OpenApp
  readonly own: OwnClinic
  readonly proxy: NetworkProxy
  readonly folder: string
}

/** Something that happens at a clinic, and how often: each `every` rounds. */
interface Event {
  readonly what: string
  readonly every: number
  readonly happen: () => Promise<void>
}

/** Eight hours at a clinic in rounds of under a minute; each round begins and ends with an administrator on the panel. */
export interface Rounds {
  next(): Promise<void>
  /** How often each thing happened. */
  readonly happened: ReadonlyMap<string, number>
}

export function roundsOf({ opened, own, proxy, folder }: Day): Rounds {
  const { app, page, call } = opened
  const card = page.getByRole('region', { name: say('dashboard', 'card.patients') })
  const saved = (ending: string) => join(folder, `guardado.${ending}`)

  /** A person looks: the screen refreshes itself meanwhile. */
  const look = (seconds: number) => page.waitForTimeout(seconds * 1_000)

  async function panel(): Promise<void> {
    await visit(page, 'dashboard')
    // After an outage the first answer may still be that of before.
    await expect(async () => {
      await page.keyboard.press('F5')
      await expect(card).toHaveAttribute('data-stale', 'false', { timeout: 8_000 })
      expect(await call('dashboard.load', { days: 7 })).toMatchObject({ ok: true })
    }).toPass({ timeout: 90_000 })
    await expect(card).toHaveAttribute('data-stale', 'false')
  }

  async function fileArrives(file: string): Promise<void> {
    await expect.poll(() => existsSync(file) && statSync(file).size > 0, { timeout: 30_000 }).toBe(true)
    rmSync(file)
  }

  async function outage(weather: 'cut' | 'swallow', seconds: number): Promise<void> {
    proxy.set(weather)
    await page.keyboard.press('F5')
    await look(seconds)
    proxy.cutOpen()
    proxy.set('pass')
    await panel()
  }

  const events: readonly Event[] = [
    {
      what: 'panel: the four ranges, tables, back',
      every: 1,
      async happen() {
        for (const days of ['7', '90', '365', '30']) {
          await page.getByText(say('dashboard', `range.${days}`), { exact: true }).click()
          await expect(page.locator('.recharts-surface')).toHaveCount(2)
          await look(1)
        }
        await page.keyboard.press('t')
        await look(1)
        await page.keyboard.press('t')
        await page.keyboard.press('F5')
      },
    },
    {
      what: 'monitoring: sessions, pool, growing log, indexes',
      every: 1,
      async happen() {
        await visit(page, 'monitoring')
        for (const tab of ['sessions', 'pool', 'log', 'indexes'] as const) {
          await openTab(page, tab)
          await look(tab === 'log' || tab === 'sessions' ? 6 : 2)
        }
        await openTab(page, 'log')
        await page.getByLabel(say('log', 'list.search')).fill('dashboard')
        await look(2)
        await page.getByLabel(say('log', 'list.search')).fill('')
        await openTab(page, 'sessions')
      },
    },
    {
      what: 'screen locked with Ctrl+L, unlocked',
      every: 1,
      async happen() {
        await page.keyboard.press('ControlOrMeta+l')
        await unlock(page, administrator.password)
        await panel()
      },
    },
    {
      what: 'lid closed: suspend, connections lost, resume, unlock',
      every: 2,
      async happen() {
        await app.evaluate(({ powerMonitor }) => void powerMonitor.emit('suspend'))
        proxy.swallowOpen()
        await app.evaluate(({ powerMonitor }) => void powerMonitor.emit('resume'))
        await unlock(page, administrator.password)
        await panel()
      },
    },
    {
      what: 'users and settings read',
      every: 2,
      async happen() {
        await visit(page, 'users')
        await expect(page.locator('[data-user]').first()).toBeVisible()
        await visit(page, 'settings')
        await look(1)
      },
    },
    {
      what: 'logout, a receptionist, the administrator again',
      every: 3,
      async happen() {
        for (const { user, password } of [receptionist, administrator]) {
          expect((await call('session.logout')).ok).toBe(true)
          await login(page, user, password)
          await dashboard(page)
        }
      },
    },
    {
      what: 'panel saved as PDF and a table as CSV',
      every: 3,
      async happen() {
        await willSave(app, saved('pdf'))
        await page.getByRole('button', { name: say('export', 'action.pdf') }).click()
        await fileArrives(saved('pdf'))
        await willSave(app, saved('csv'))
        const stock = say('dashboard', 'chart.stock.title')
        await page.getByRole('button', { name: say('export', 'action.take').replace('{{title}}', stock) }).click()
        await page.getByRole('menuitem', { name: say('export', 'action.csv') }).click()
        await fileArrives(saved('csv'))
      },
    },
    {
      what: 'checks of the checklist',
      every: 3,
      async happen() {
        await visit(page, 'deployment')
        await verify(page, 'database', 'passed')
        await line(page, 'dashboardFigures').getByRole('button').last().click()
        await look(1)
      },
    },
    {
      what: 'diagnosis of a symptom',
      every: 4,
      async happen() {
        await visit(page, 'diagnosis')
        await page.locator('[data-symptom="slow"]').click()
        const verdict = page.locator('[data-verdict]:not([data-verdict="running"])')
        await expect(verdict).toBeVisible({ timeout: 40_000 })
        await page.getByRole('button', { name: say('diagnosis', 'verdict.other') }).click()
      },
    },
    {
      what: 'network down for some seconds',
      every: 4,
      happen: () => outage('cut', 4),
    },
    {
      what: 'network silent for some seconds',
      every: 6,
      happen: () => outage('swallow', 8),
    },
    {
      what: 'server restarted',
      every: 5,
      async happen() {
        await own.server.restart()
        await panel()
      },
    },
    {
      what: 'server killed, and started some seconds later',
      every: 10,
      async happen() {
        await own.server.kill()
        await page.keyboard.press('F5')
        await look(3)
        await own.server.start()
        await panel()
      },
    },
    {
      what: 'cleanup rehearsed',
      every: 5,
      async happen() {
        await visit(page, 'cleanup')
        await settled(page)
        await decideSigns(page)
        await goTo(page, 'rehearsal')
        await rehearseButton(page).click()
        const done = async () => {
          const jobs = (await call('jobs.list')).value as readonly { kind: string; state: string }[]
          return jobs.filter(({ kind }) => kind === 'cleanup.rehearse').map(({ state }) => state)
        }
        await expect(page.locator('[data-outcome="done"]')).toBeVisible({ timeout: 60_000 })
        await expect.poll(done, { timeout: 60_000 }).not.toContain('running')
        expect(await done()).not.toContain('failed')
      },
    },
  ]

  const happened = new Map<string, number>()
  let round = 0
  return {
    happened,
    async next() {
      for (const [index, { what, every, happen }] of events.entries()) {
        // Not everything that is rare in the same round.
        if ((round + index) % every !== 0) continue
        await panel()
        await happen()
        happened.set(what, (happened.get(what) ?? 0) + 1)
      }
      round += 1
      await panel()
      await expect.poll(async () => atRest((await call('monitoring.pool')).value as PoolFigures)).toBe(true)
    },
  }
}

function atRest({ now }: PoolFigures): boolean {
  return now.waiting === 0 && now.total === now.idle
}

/** A backend's log that grows by forty lines a second, five requests' worth eight times as fast, and is rotated at 4 MiB. */
export function growLog(file: string): { stop(): void } {
  writeFileSync(file, 'INFO:     Started server process [29603]\nINFO:     Application startup complete.\n')
  let lines = 0
  const timer = setInterval(() => {
    const piece = Array.from({ length: 20 }, () => lineOf(lines++)).join('')
    if (statSync(file).size > 4 * 1024 * 1024) {
      renameSync(file, `${file}.1`)
      writeFileSync(file, piece)
    } else appendFileSync(file, piece)
  }, 500)
  return { stop: () => clearInterval(timer) }
}

function lineOf(number: number): string {
  const time = new Date().toLocaleString('sv-SE')
  if (number % 400 === 399)
    return `${time},489 WARNING psycopg.pool: rolling back returned connection: <psycopg.AsyncConnection [INTRANS] (host=127.0.0.1)>\n`
  const status = number % 1_000 === 0 ? '500 Internal Server Error' : '200 OK'
  return `INFO:     127.0.0.1:${50_000 + (number % 9_999)} - "GET /citas?pagina=${number} HTTP/1.1" ${status}\n`
}
