import { describe, expect, it } from 'vitest'
import { fileName } from '#electron/export/file-name.ts'
import { printMargins } from '#electron/export/print.ts'
import { createFormat } from '#shared/format.ts'
import es from '#shared/locales/es/export.json'

const stamp = {
  page: {
    title: 'Panel',
    range: 'últimos 30 días',
    takenAt: '2026-11-24T14:05:00',
    orientation: 'landscape' as const,
    width: 1280,
  },
  clinic: 'Clínica Mexicali',
  zone: 'America/Tijuana',
  author: 'Ivette Martínez',
  printedAt: '2026-11-24T14:06:10',
}
const text = (html: string) => html.replace(/<[^>]*>/g, '')

describe('a printed sheet', () => {
  it('says clinic, title, period, zone, author and both moments', () => {
    const { header, footer } = printMargins(stamp, es.print, createFormat('es'))
    expect(text(header)).toContain('Clínica Mexicali · Panel')
    expect(text(header)).toContain('últimos 30 días · Datos al 24/11/2026 14:05 · Hora de la clínica: America/Tijuana')
    expect(text(footer)).toContain('Elaboró: Ivette Martínez · Impreso el 24/11/2026 14:06')
    expect(footer).toContain('<span class="pageNumber"></span> / <span class="totalPages"></span>')
  })

  it('shows what a person typed, and runs none of it', () => {
    const bad = '<img src=x onerror=alert(1)>&"\'$& {{value}}'
    const { header, footer } = printMargins(
      { ...stamp, clinic: bad, author: bad, zone: bad, page: { ...stamp.page, title: bad, range: bad } },
      es.print,
      createFormat('es'),
    )
    expect(header + footer).not.toContain('<img')
    expect(text(footer)).toContain('Elaboró: &lt;img src=x onerror=alert(1)&gt;&amp;&quot;&#39;$&amp; {{value}}')
  })

  it('leaves out what a page has not got', () => {
    const { header } = printMargins(
      { ...stamp, page: { ...stamp.page, range: null, takenAt: null } },
      es.print,
      createFormat('es'),
    )
    expect(text(header)).toBe('Clínica Mexicali · PanelHora de la clínica: America/Tijuana')
  })
})

describe('the proposed name of a file', () => {
  it('tells the clinic, what it is and the day', () => {
    expect(fileName(['Clínica Mexicali', 'Citas por día', '2026-11-24'], 'csv')).toBe(
      'Clínica Mexicali - Citas por día - 2026-11-24.csv',
    )
  })

  it.each([
    [['../../etc', 'a/b\\c:d*e?f"g<h>i|j'], 'etc - a b c d e f g h i j.csv'],
    [['con'], 'PodoSkin con.csv'],
    [['...', ' . '], 'PodoSkin.csv'],
    [['a\u202Evsc.exe\n'], 'a vsc.exe.csv'],
  ])('is one that every system takes, from %j', (parts, name) => {
    expect(fileName(parts, 'csv')).toBe(name)
  })

  it('is not longer than a file system bears, and keeps its day', () => {
    expect(Buffer.byteLength(fileName(['ñ'.repeat(400), '😀'.repeat(90), '2026-11-24'], 'pdf'))).toBeLessThanOrEqual(
      240,
    )
    expect(fileName(['ñ'.repeat(400), '2026-11-24'], 'pdf')).toMatch(/ñ - 2026-11-24\.pdf$/)
  })
})
