import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { createFormat } from '#shared/format.ts'
import { expect, type OpenApp, test } from '#support/app.ts'
import { administrator, receptionist } from '#support/people.ts'
import { say } from '#support/words.ts'
import { dashboard, figure, login, notice, willSave } from './pages.ts'
import { accessible } from './screen-check.ts'

const { integer, money } = createFormat('es')
const words = (key: string) => say('dashboard', key)
const card = (page: Page, key: string) => page.getByRole('region', { name: words(`chart.${key}.title`), exact: true })
/** The rows of a card's table, each cell as it is read. */
const rows = (page: Page, key: string) => card(page, key).locator('tbody tr')

async function open(demo: OpenApp): Promise<Page> {
  await login(demo.page, administrator.user, administrator.password)
  await dashboard(demo.page)
  await expect(demo.page.locator('.recharts-surface')).toHaveCount(2)
  return demo.page
}

async function take(page: Page, key: string, item: string): Promise<void> {
  const title = words(`chart.${key}.title`)
  await page.getByRole('button', { name: say('export', 'action.take').replace('{{title}}', title) }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

const local = `(now() AT TIME ZONE 'America/Tijuana')`

test('finance and stock show what the database says when it is asked directly', async ({ demo, clinic }) => {
  const page = await open(demo)
  const [owed] = await clinic.query(
    `SELECT sum(saldo_pendiente)::text AS sum FROM pagos WHERE saldo_pendiente > 0 AND estado_pago NOT ILIKE 'cancelado'`,
  )
  await expect(figure(page, 'pendingBalance')).toContainText(money(owed?.sum))

  await page.keyboard.press('t')
  const [month] = await clinic.query(`
    SELECT (SELECT coalesce(sum(monto_pagado), 0)::text FROM pagos WHERE estado_pago NOT ILIKE 'cancelado'
              AND date_trunc('month', fecha_pago) = date_trunc('month', ${local}) - interval '1 month') AS revenue,
           (SELECT coalesce(sum(monto), 0)::text FROM gastos
             WHERE date_trunc('month', fecha_gasto) = date_trunc('month', ${local}) - interval '1 month') AS expenses`)
  await expect(rows(page, 'money')).toHaveCount(12)
  await expect(rows(page, 'money').nth(1)).toContainText(money(month?.revenue))
  await expect(rows(page, 'money').nth(1)).toContainText(money(month?.expenses))

  const stock = await clinic.query(
    'SELECT nombre, stock_actual FROM inventario_productos WHERE activo AND stock_actual <= stock_minimo',
  )
  expect(stock.length).toBeGreaterThan(0)
  await expect(rows(page, 'stock')).toHaveCount(stock.length)
  for (const { nombre } of stock) await expect(card(page, 'stock')).toContainText(nombre)

  const categories = await clinic.query(`
    SELECT categoria, sum(monto)::text AS sum FROM gastos
     WHERE fecha_gasto::date BETWEEN ${local}::date - 29 AND ${local}::date GROUP BY 1 ORDER BY sum(monto) DESC`)
  await expect(rows(page, 'categories')).toHaveCount(categories.length)
  await expect(rows(page, 'categories').first()).toContainText(
    new RegExp(`${categories[0]?.categoria}.*${money(categories[0]?.sum).replace(/[$.]/g, '\\$&')}`),
  )

  await page.getByText(words('chart.switch.services'), { exact: true }).click()
  const [best] = await clinic.query(`
    SELECT t.nombre_servicio AS name, count(*)::int AS count, sum(d.precio_final)::text AS sum
      FROM detalle_cita d JOIN citas c ON c.id = d.id_cita JOIN tratamientos t ON t.id = d.id_tratamiento
     WHERE c.fecha_hora_inicio::date BETWEEN ${local}::date - 29 AND ${local}::date
       AND lower(c.estado) NOT IN ('cancelada', 'no_asistio') GROUP BY 1 ORDER BY sum(d.precio_final) DESC LIMIT 1`)
  await expect(rows(page, 'services').first()).toHaveText(`${best?.name}${integer(best?.count)}${money(best?.sum)}`)
})

test('a table is saved as CSV for Excel and copied with tabs, and no cell of it is a formula', async ({
  demo,
  clinic,
  folder,
}) => {
  await clinic.query(`
    INSERT INTO inventario_productos (codigo_producto, nombre, categoria, stock_actual, stock_minimo, unidad_medida, activo)
    VALUES ('X-1', '=HYPERLINK("http://x")', 'Otros', 0, 9, 'pieza', true), ('X-2', 'Algodón ñandú', 'Otros', 0, 8, 'caja', true)`)
  const page = await open(demo)
  const file = join(folder, 'inventario.csv')
  await willSave(demo.app, file)
  await take(page, 'stock', say('export', 'action.csv'))
  await expect(page.getByText(say('export', 'saved').replace('{{file}}', 'inventario.csv'))).toBeVisible()
  const bytes = readFileSync(file)
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const lines = bytes.toString('utf8').slice(1).split('\r\n')
  expect(lines[0]).toBe(
    ['product', 'stock', 'minimum', 'productUnit'].map((key) => words(`chart.stock.${key}`)).join(','),
  )
  expect(lines).toContain('Algodón ñandú,0,8,caja')
  expect(lines).toContain(`"'=HYPERLINK(""http://x"")",0,9,pieza`)

  await take(page, 'stock', say('common', 'action.copy'))
  await expect
    .poll(() => demo.app.evaluate(({ clipboard }) => clipboard.readText()))
    .toContain(`'=HYPERLINK("http://x")\t0\t9\tpieza`)
})

test('the page is saved as a light PDF of one sheet, also from a dark screen, once all of it could be read', async ({
  demo,
  clinic,
  folder,
}) => {
  const page = await open(demo)
  await demo.call('settings.save', { appearance: 'dark' })
  const file = join(folder, 'panel.pdf')
  await willSave(demo.app, file)
  await page.getByRole('button', { name: say('export', 'action.pdf') }).click()
  await expect(page.getByText(say('export', 'saved').replace('{{file}}', 'panel.pdf'))).toBeVisible()
  const pdf = readFileSync(file).toString('latin1')
  expect(pdf.slice(0, 5)).toBe('%PDF-')
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)

  await clinic.query('BEGIN; LOCK TABLE inventario_productos IN ACCESS EXCLUSIVE MODE')
  await page.keyboard.press('F5')
  await expect(card(page, 'stock')).toHaveAttribute('data-state', 'error')
  await card(page, 'stock')
    .getByRole('button', { name: words('state.why') })
    .click()
  await expect(notice(page, 'LOCK_TIMEOUT')).toBeVisible()
  await expect(page.getByRole('button', { name: say('export', 'action.waiting') })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
  await clinic.query('ROLLBACK')
})

test('days that are over do not refresh by themselves, others do unless paused', async ({ demo }) => {
  const page = await open(demo)
  const loads = () => demo.log().split('dashboard.load').length
  await page.clock.install()
  const refresh = async () => {
    const before = loads()
    await page.keyboard.press('F5')
    await expect.poll(loads).toBeGreaterThan(before)
    return loads()
  }
  /** A minute later there was another load, or only the one that was asked for. */
  const passes = async (alone: boolean) => {
    const before = await refresh()
    await page.clock.runFor(65_000)
    if (alone) await expect.poll(loads).toBeGreaterThan(before)
    else expect(await refresh()).toBe(before + 1)
  }
  await passes(true)
  await page.getByRole('button', { name: words('refresh.pause') }).click()
  await passes(false)
  await page.getByRole('button', { name: words('refresh.resume') }).click()

  await page.getByRole('button', { name: words('range.custom') }).click()
  await page.getByLabel(words('range.from'), { exact: true }).fill('2026-03-02')
  await page.getByLabel(words('range.to'), { exact: true }).fill('2026-03-01')
  await page.getByRole('button', { name: words('range.apply') }).click()
  await expect(page.getByRole('alert')).toHaveText(words('range.order'))
  await page.getByLabel(words('range.from'), { exact: true }).fill('2025-02-01')
  await page.getByLabel(words('range.to'), { exact: true }).fill('2025-02-28')
  await page.getByRole('button', { name: words('range.apply') }).click()
  await expect(page.locator('[data-refresh]')).toHaveAttribute('data-refresh', 'past')
  await expect(card(page, 'trend')).toContainText('01/02/2025 – 28/02/2025')
  await expect(page.getByRole('button', { name: words('refresh.pause') })).toHaveCount(0)
  await passes(false)
})

test('each state of a card has its own words, and the others stay', async ({ launch, clinic }) => {
  const role = `lector_${clinic.database}`
  await clinic.query(`
    CREATE ROLE ${role} LOGIN PASSWORD 'x'; GRANT USAGE ON SCHEMA public TO ${role};
    GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${role}; REVOKE SELECT ON detalle_cita FROM ${role};
    DELETE FROM gastos; ALTER TABLE inventario_productos RENAME TO otra`)
  try {
    const { page } = await launch({ clinic: { ...clinic, user: role, password: 'x' } })
    await login(page, receptionist.user, receptionist.password)
    await dashboard(page)
    await expect(card(page, 'stock')).toContainText(
      words('state.tableMissing').replace('{{table}}', 'inventario_productos'),
    )
    await expect(card(page, 'treatments')).toContainText(
      words('state.privilegeMissing').replace('{{table}}', 'detalle_cita'),
    )
    await expect(card(page, 'categories')).toContainText(words('chart.categories.empty'))
    for (const [key, state] of [
      ['stock', 'unavailable'],
      ['categories', 'zero'],
      ['trend', 'value'],
    ] as const) {
      await expect(card(page, key)).toHaveAttribute('data-state', state)
    }

    await clinic.query(`ALTER TABLE otra RENAME TO inventario_productos; GRANT SELECT ON detalle_cita TO ${role}`)
    await page.keyboard.press('F5')
    await expect(card(page, 'stock')).toHaveAttribute('data-state', 'value')
    await expect(card(page, 'treatments')).toHaveAttribute('data-state', 'value')
  } finally {
    await clinic.query(`DROP OWNED BY ${role}`)
  }
})

/** Words that are cut off: their own box is too small for them. */
function clipped(page: Page) {
  return page.evaluate(() => {
    const cut: string[] = []
    for (const element of document.querySelectorAll<HTMLElement>('#main *')) {
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim())
      const style = getComputedStyle(element)
      const hides = style.overflowX !== 'visible' && style.overflowX !== 'auto'
      if (own && hides && element.scrollWidth > element.clientWidth + 1) cut.push(element.textContent ?? '')
    }
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth > clientWidth + 1 ? [...cut, `page ${scrollWidth} > ${clientWidth}`] : cut
  })
}

// The longest words are Spanish.
for (const language of ['es'] as const) {
  test(`axe finds nothing and no word is cut off, ${language}, light and dark, small, enlarged`, async ({ demo }) => {
    test.setTimeout(120_000)
    const page = await open(demo)
    const { app, call } = demo
    await call('settings.save', { language })
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('dashboard', 'title', language))
    for (const appearance of ['light', 'dark']) {
      await call('settings.save', { appearance })
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', appearance)
      await accessible(page)
    }
    await page.keyboard.press('t')
    await expect(page.locator('[data-view="table"]')).toHaveCount(6)
    await accessible(page)
    await page.keyboard.press('t')

    const window = await app.browserWindow(page)
    for (const [width, height, zoom] of [
      [1280, 800, 1],
      [1024, 700, 1],
      [1024, 700, 2],
    ] as const) {
      await window.evaluate(
        (opened, [w, h, factor]) => {
          opened.setContentSize(w, h)
          opened.webContents.setZoomFactor(factor)
        },
        [width, height, zoom] as const,
      )
      await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width / zoom)
      expect(await clipped(page), `${width}×${height} at ${zoom}`).toEqual([])
    }
  })
}

test('figures, trend, states and the rest are seen at once at 1280×800', async ({ demo }) => {
  const page = await open(demo)
  const window = await demo.app.browserWindow(page)
  await window.evaluate((opened) => opened.setContentSize(1280, 800))
  await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([1280, 800])
  for (const key of ['trend', 'byState', 'stock', 'money', 'treatments', 'categories']) {
    const box = await card(page, key).boundingBox()
    expect((box?.y ?? 0) + (box?.height ?? 9_999), key).toBeLessThanOrEqual(800)
  }
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(800)
})
