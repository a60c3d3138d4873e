import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import fc from 'fast-check'
import { expect, test } from '#support/app.ts'
import { say } from '#support/words.ts'
import { contents, decideSigns, openCleanup } from './cleanup-pages.ts'
import { willOpen, willSave } from './pages.ts'

const presses = process.env.PODOSKIN_LONG === '1' ? 3_000 : 100
const seed = 20_261_124
const keys = ['Escape', 'Enter', 'Space', 'Tab', 'ArrowDown', 'ArrowRight', 'F5']

test(`nothing is lost in whatever order things are pressed and typed, short of the password (${presses}, seed ${seed})`, async ({
  demo,
  clinic,
  backups,
  folder,
}) => {
  test.setTimeout(120_000 + presses * 2_000)
  const { page } = demo
  // The words that a slip of the hand could type are the very ones that are asked for.
  const patients = await clinic.query<{ count: string }>('SELECT count(*)::text AS count FROM pacientes')
  const texts = [clinic.database, patients[0]?.count ?? '', 'una frase larga y segura', 'García', '']
  const before = await contents(clinic)
  await willOpen(demo.app, backups)
  await willSave(demo.app, join(folder, 'guardado'))
  await openCleanup(page)
  await decideSigns(page)

  const turns = fc.sample(fc.tuple(fc.nat(9), fc.nat(1_000_000), fc.nat(1_000_000)), { seed, numRuns: presses })
  const done: string[] = []
  for (const [kind, which, what] of turns) {
    if (kind === 0) {
      const key = keys[which % keys.length] ?? 'Tab'
      done.push(key)
      await page.keyboard.press(key)
    } else {
      const among = kind < 4 ? '[data-action]' : '*'
      done.push(await pressSomething(page, { among, which, text: texts[what % texts.length] ?? '' }))
    }
  }
  // Most of it met something: buttons, choices, fields.
  expect(new Set(done).size, done.join('\n')).toBeGreaterThan(20)
  await expect.poll(() => demo.call('jobs.list').then(({ value }) => JSON.stringify(value))).not.toMatch(/"running"/)
  expect(await contents(clinic)).toEqual(before)
  expect(await clinic.query(`SELECT nspname FROM pg_namespace WHERE nspname = 'podoskin_admin'`)).toEqual([])
  expect(readdirSync(backups)).toEqual([])
  expect(demo.log()).not.toMatch(/leak/i)
})

interface Press {
  /** Only what does something, or anything. */
  readonly among: string
  readonly which: number
  readonly text: string
}

/** Presses one of the things that a hand could reach now, or types into it; what it was. */
async function pressSomething(page: Page, { among, which, text }: Press): Promise<string> {
  const found = await page.evaluate(
    ([only, at, password]) => {
      document.querySelector('[data-pressed]')?.removeAttribute('data-pressed')
      const scope = document.querySelector('[role="dialog"]') ?? document
      const all = scope.querySelectorAll(
        'main button, main input, [role="dialog"] button, [role="dialog"] input, [role="option"]',
      )
      const reachable = [...all].filter((element) => {
        if (element.matches(':disabled, [type="hidden"]')) return false
        const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : []
        if (labels.some((label) => label.textContent?.includes(password))) return false
        const { width, height } = element.getBoundingClientRect()
        return width > 0 && height > 0
      })
      const some = reachable.filter((element) => element.matches(only))
      const chosen = some.length > 0 ? some : reachable
      const element = chosen[at % Math.max(chosen.length, 1)]
      if (!element) return null
      element.setAttribute('data-pressed', '')
      const typed = element instanceof HTMLInputElement && !['radio', 'checkbox'].includes(element.type)
      return { typed, name: `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent}` }
    },
    [among, which, say('session', 'confirm.password')] as const,
  )
  if (found === null) return 'nothing'
  const target = page.locator('[data-pressed]')
  // It may be gone or covered by the time the hand is there.
  if (found.typed) await target.fill(text, { timeout: 500 }).catch(() => {})
  else await target.click({ timeout: 500, force: true }).catch(() => {})
  return found.name
}
