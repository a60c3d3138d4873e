import { describe, expect, it } from 'vitest'
import { addUp, cents, change, createFormat, fromCents } from '#shared/format.ts'

const es = createFormat('es')
const en = createFormat('en')

describe('money', () => {
  it('keeps a cent that a floating number would lose', () => {
    expect(es.money('9007199254740993.01')).toBe('$9,007,199,254,740,993.01')
    expect(cents('9007199254740993.01')).toBe(900719925474099301n)
  })

  it('always shows both decimals, in both languages', () => {
    expect(es.money('84250')).toBe('$84,250.00')
    expect(es.money('0.5')).toBe('$0.50')
    expect(en.money('84250.10')).toBe('$84,250.10')
    expect(es.money('-12.30')).toBe('-$12.30')
  })

  it('cuts what is below a cent instead of inventing one', () => {
    expect(es.money('0.999')).toBe('$0.99')
    expect(cents('0.999')).toBe(99n)
    expect(cents('-0.05')).toBe(-5n)
  })

  it.each(['', 'NaN', '1e5', '1,000.00', '12.', ' 1'])('refuses %j, which is no decimal text', (text) => {
    expect(() => es.money(text)).toThrow(RangeError)
    expect(() => cents(text)).toThrow(RangeError)
  })
})

describe('change', () => {
  it('is a part of what was before', () => {
    expect(change(74, 70)).toBeCloseTo(0.057, 3)
    expect(change('84250.00', '86850.25')).toBeCloseTo(-0.03, 2)
  })

  it('has no percentage of zero', () => {
    expect(change(5, 0)).toBeNull()
    expect(change('5.00', '0.00')).toBeNull()
    expect(change(0, 0)).toBeNull()
  })

  it('says that nothing is left as minus one, and that nothing changed as zero', () => {
    expect(change(0, 12)).toBe(-1)
    expect(change('7.00', '7.00')).toBe(0)
  })
})

describe('days', () => {
  it('writes a day as the clinic does, in both languages', () => {
    expect(es.day('2026-11-04')).toBe('04/11/2026')
    expect(en.day('2026-11-04')).toBe('04/11/2026')
  })

  it('names the weekday of the day itself in whatever zone this machine stands', () => {
    expect(es.longDay('2026-11-24')).toBe('martes 24 de noviembre')
    expect(en.longDay('2026-11-24')).toBe('Tuesday, November 24')
    expect(es.longDay('2026-01-01')).toBe('jueves 1 de enero')
    expect(es.shortDay('2026-03-01')).toMatch(/^1 mar/)
  })

  it('refuses what is not a day', () => {
    expect(() => es.day('24/11/2026')).toThrow(RangeError)
    expect(() => es.longDay('2026-11-24T10:00')).toThrow(RangeError)
  })

  it('reads the clock of a local moment without moving it', () => {
    expect(es.clock('2026-11-24T23:59:59')).toBe('23:59')
    expect(es.clock('2026-11-24 00:05:00')).toBe('00:05')
    expect(() => es.clock('ayer')).toThrow(RangeError)
  })
})

describe('numbers', () => {
  it('separates thousands and cuts decimals of percents', () => {
    expect(es.integer(1204)).toBe('1,204')
    expect(es.percent(0.714, 1)).toBe('71.4 %')
    expect(en.percent(0.714, 1)).toBe('71.4%')
    expect(es.percent(1.5)).toBe('150 %')
    expect(es.decimal(3.25, 1)).toBe('3.3')
  })
})

describe('age', () => {
  it.each([
    [0, 'hace 0 s'],
    [12.9, 'hace 12 s'],
    [59.9, 'hace 59 s'],
    [60, 'hace 1 min'],
    [3599, 'hace 59 min'],
    [7200, 'hace 2 h'],
    [3 * 86_400, 'hace 3 d'],
  ])('of %d seconds is "%s"', (seconds, text) => {
    expect(es.age(seconds).replace('días', 'd')).toBe(text)
  })

  it('never speaks of the future when two clocks differ', () => {
    expect(es.age(-5)).toBe('hace 0 s')
    expect(en.age(-5)).toBe('0s ago')
  })
})

it('joins a list with the word of the language', () => {
  expect(es.list(['DB_HOST', 'DB_PORT', 'DB_NAME'])).toBe('DB_HOST, DB_PORT y DB_NAME')
  expect(en.list(['DB_HOST', 'DB_PORT'])).toBe('DB_HOST and DB_PORT')
})

describe('sums of amounts', () => {
  it('are exact, whatever their signs', () => {
    expect(addUp(['0.10', '0.20'])).toBe('0.30')
    expect(addUp(['9007199254740993.01', '-0.02'])).toBe('9007199254740992.99')
    expect(addUp(['0.03', '-0.10'])).toBe('-0.07')
    expect(addUp([])).toBe('0.00')
    expect(fromCents(-5n)).toBe('-0.05')
  })
})

describe('months and round figures', () => {
  it('name a month by any of its days, in no zone', () => {
    expect(es.month('2026-11-01')).toBe('nov 2026')
    expect(es.shortMonth('2026-11-30')).toBe('nov')
    expect(en.month('2026-11-01')).toBe('Nov 2026')
    expect(es.fullDay('2026-11-24')).toBe('martes 24 de noviembre de 2026')
  })

  it('fit an axis', () => {
    expect(es.roundMoney(250_000)).toMatch(/^\$250\sk$/)
    expect(es.roundMoney(-250_000)).toMatch(/^-\$250\sk$/)
    expect(en.roundMoney(250_000)).toBe('$250K')
  })
})

describe('sizes and instants', () => {
  it('name a size by the unit that suits it', () => {
    expect(es.bytes(0)).toBe('0 kB')
    expect(es.bytes(1_500)).toBe('1 kB')
    expect(es.bytes(19.46 * 1024 ** 2)).toBe('19.5 MB')
    expect(en.bytes(3 * 1024 ** 3)).toBe('3 GB')
  })

  it('write a day the Mexican way with its clock', () => {
    const noon = new Date(2026, 10, 4, 12, 5).getTime() / 1000
    expect(es.instant(noon)).toBe('04/11/2026 12:05')
    expect(en.instant(noon)).toBe('04/11/2026 12:05')
  })

  it('write it by the clock of the clinic, wherever the workstation stands', () => {
    const instant = Date.UTC(2026, 10, 24, 5, 30) / 1000
    expect(es.instant(instant, 'America/Tijuana')).toBe('23/11/2026 21:30')
    expect(es.instant(instant, 'America/Cancun')).toBe('24/11/2026 00:30')
  })
})
