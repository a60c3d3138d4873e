import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { Language, Settings } from '#shared/settings.ts'
import { expect, type OpenApp } from '#support/app.ts'

const looks: readonly (readonly [Language, Settings['appearance']])[] = [
  ['es', 'light'],
  ['en', 'dark'],
  ['es', 'dark'],
  ['en', 'light'],
]
const long = process.env.PODOSKIN_LONG === '1'

/** The smallest window that the app allows, which is also the hardest. */
const smallest = [1024, 700] as const

/** Where pictures of every screen go, for a person to look at; nowhere by default. */
const pictures = process.env.PODOSKIN_PICTURES

export interface ScreenCheck {
  /** Looks at the screen as it stands: axe, the smallest window and 200 %, in Spanish and English, light and dark.
   * Says in a line of a table how many things axe found and how many hang over the edge. */
  look(screen: string): Promise<void>
}

/** Looks at screens in the smallest window, and goes back to Spanish and light after each. */
export async function checkScreens({ app, page, call }: OpenApp): Promise<ScreenCheck> {
  const window = await app.browserWindow(page)
  const size = async (width: number, height: number, zoom: number) => {
    await window.evaluate(
      (opened, [w, h, factor]) => {
        opened.setContentSize(w, h)
        opened.webContents.setZoomFactor(factor)
      },
      [width, height, zoom] as const,
    )
    await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width / zoom)
  }
  const wear = async (language: Language, appearance: Settings['appearance']) => {
    expect((await call('settings.save', { language, appearance })).ok).toBe(true)
    await expect(page.locator('html')).toHaveAttribute('lang', new RegExp(`^${language}`))
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', appearance)
  }
  const picture = async (name: string) => {
    if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
  }
  // What moves is caught between two colours.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await size(...smallest, 1)
  let turn = 0
  return {
    async look(screen) {
      // All four looks of each screen at full size; here one after another takes its turn, screen by screen.
      const worn = long ? looks : looks.slice(turn % 4, (turn % 4) + 1)
      turn += 1
      const found: string[] = []
      const edges: string[] = []
      for (const [language, appearance] of worn) {
        await wear(language, appearance)
        const name = `${screen}-${language}-${appearance}`
        for (const finding of await lasting(() => findings(page))) found.push(`${name}: ${finding}`)
        if (language === 'en' && appearance === 'dark') await picture(name)
        for (const wide of await lasting(() => overflowing(page))) edges.push(`${name}: ${wide}`)
        await size(...smallest, 2)
        for (const wide of await lasting(() => overflowing(page))) edges.push(`${name} at 200 %: ${wide}`)
        if (language === 'es') await picture(`${screen}-200`)
        await size(...smallest, 1)
      }
      await wear('es', 'light')
      if (pictures) {
        await size(1280, 800, 1)
        await picture(`${screen}-es-light`)
        await size(...smallest, 1)
      }
      console.log(`| ${screen} | ${found.length} | ${edges.length} |`)
      expect.soft([...found, ...edges], screen).toEqual([])
    },
  }
}

/** What is still found at a second look: the first may fall between two languages, looks or sizes. */
async function lasting(find: () => Promise<string[]>): Promise<string[]> {
  const first = await find()
  return first.length === 0 ? first : find()
}

/** What axe finds, short enough to read in a report. */
export async function findings(page: Page): Promise<string[]> {
  // Only violations are read: writing out what passed takes axe as long as finding what does not.
  const builder = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
  const { violations } = await builder.analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}

/** What hangs over the edge of the page or of an open dialog, where a person would have to scroll sideways. */
function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    const wide: string[] = []
    for (const dialog of document.querySelectorAll('[role="dialog"]'))
      if (dialog.scrollWidth > dialog.clientWidth + 1) wide.push(`dialog ${dialog.scrollWidth} > ${dialog.clientWidth}`)
    if (scrollWidth <= clientWidth + 1) return wide
    const beyond = [...document.querySelectorAll('body *')].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 1,
    )
    return [...wide, `page ${scrollWidth} > ${clientWidth}: ${beyond.at(-1)?.outerHTML.slice(0, 160)}`]
  })
}

/** Fails with what axe finds, if anything. */
export async function accessible(page: Page): Promise<void> {
  expect(await findings(page)).toEqual([])
}

/** What still moves although the person asked for no movement: its class and what of it. */
export function moving(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const lasts = (durations: string) => durations.split(',').some((duration) => Number.parseFloat(duration) > 0.01)
    const moves: string[] = []
    for (const element of document.querySelectorAll('body, body *')) {
      for (const part of [undefined, '::before', '::after']) {
        const style = getComputedStyle(element, part)
        const animated = style.animationName !== 'none' && lasts(style.animationDuration)
        if (animated || lasts(style.transitionDuration))
          moves.push(`${element.tagName} ${element.getAttribute('class')} ${part ?? ''}`)
      }
    }
    return [...new Set(moves)]
  })
}

/** What is chosen but looks like what is not, once the system's own colours replace those of the page. */
export function indistinct(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const chosen = '[aria-current="page"], [aria-current="step"], [role="tab"][aria-selected="true"]'
    const look = (element: Element) =>
      [element, ...element.children]
        .slice(0, 2)
        .flatMap((part) => [undefined, '::before', '::after'].map((pseudo) => getComputedStyle(part, pseudo)))
        .map((style) => [style.border, style.outline, style.color, style.backgroundColor, style.fontWeight].join())
        .join('|')
    const same: string[] = []
    for (const element of document.querySelectorAll(chosen)) {
      const around = element.closest('nav, [role="tablist"]')
      const others = [...(around?.querySelectorAll(element.tagName) ?? [])].filter((one) => !one.matches(chosen))
      if (others.some((other) => look(other) === look(element))) same.push(element.outerHTML.slice(0, 160))
    }
    return same
  })
}
