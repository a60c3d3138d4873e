import { describe, expect, it } from 'vitest'
import { errorCodes } from '#shared/errors.ts'
import { resources } from '#shared/locales/index.ts'

type Tree = { readonly [key: string]: string | Tree }

function flatten(tree: Tree, path = ''): Map<string, string> {
  const words = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    const place = path ? `${path}.${key}` : key
    if (typeof value === 'string') words.set(place, value)
    else for (const [inner, text] of flatten(value, place)) words.set(inner, text)
  }
  return words
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort()
const spanish = flatten(resources.es)
const english = flatten(resources.en)

describe('the words of both languages', () => {
  it('have the same keys', () => {
    expect([...english.keys()].sort()).toEqual([...spanish.keys()].sort())
  })

  it('take the same values in the same sentence', () => {
    const differing = [...spanish].filter(
      ([key, text]) => placeholders(text).join() !== placeholders(english.get(key) ?? '').join(),
    )
    expect(differing).toEqual([])
  })

  it('are never empty, never padded, and close every brace they open', () => {
    const broken = [...spanish, ...english].filter(
      ([, text]) => text.trim() === '' || text !== text.trim() || /\{\{|\}\}/.test(text.replace(/\{\{\w+\}\}/g, '')),
    )
    expect(broken).toEqual([])
  })

  it('have a form for a million, which Spanish counts apart', () => {
    const bases = [...spanish.keys()].filter((key) => key.endsWith('_one')).map((key) => key.slice(0, -'_one'.length))
    expect(bases.filter((base) => !spanish.has(base) && !spanish.has(`${base}_many`))).toEqual([])
  })

  it('are translated: a sentence of four words is never the same in both', () => {
    const same = [...spanish].filter(([key, text]) => text.split(' ').length > 3 && english.get(key) === text)
    expect(same).toEqual([])
  })
})

describe('words that count', () => {
  /** Always more than one: a limit, what the guide asks for, the whole of something, an estimate made coarse. */
  const manyAlways = new Set(
    `checks.hint.poolSmall checks.hint.slotsFew checks.hint.logFewRequests cleanup.export.line cleanup.backup.passphraseShort
    cleanup.seal.reasonHint common.validation.tooLong connection.form.poolExplained dashboard.range.long
    dashboard.range.tooLong deployment.score.verified diagnosis.cause.ourPoolExhausted.title diagnosis.budget.room
    jobs.seconds jobs.minutes monitoring.hint.highWater sessions.status.cleanBody sessions.status.warningBody
    sessions.status.criticalBody settings.refresh.other users.count users.truncated`.split(/\s+/),
  )

  it('name one thing in the singular', () => {
    const always = [...spanish].filter(
      ([place, text]) =>
        /\{\{\w+\}\} [\p{L}-]{3,}s\b/u.test(text) &&
        !/_(one|many|other|zero)$/.test(place) &&
        !spanish.has(`${place}_one`) &&
        !manyAlways.has(place),
    )
    expect(always).toEqual([])
  })
})

describe('the words of an error', () => {
  const codes = Object.values(errorCodes).flat()

  it.each(['es', 'en'] as const)('exist in %s for every code, and for no other', (language) => {
    expect(Object.keys(resources[language].errors).sort()).toEqual([...codes].sort())
  })

  it.each(['es', 'en'] as const)('in %s say what happened, why, and what to do now, in sentences', (language) => {
    for (const words of Object.values(resources[language].errors)) {
      expect(Object.keys(words).sort()).toEqual(['action', 'cause', 'title'])
      expect(words.title).not.toMatch(/\.$/)
      expect(words.cause).toMatch(/[.»”]$/)
      expect(words.action).toMatch(/[.»”]$/)
    }
  })

  it('ask for no value but those that errors carry', () => {
    const known = ['pid', 'program', 'host', 'port', 'database', 'user', 'seconds', 'version', 'table']
    const asked = Object.values(resources.es.errors).flatMap((words) => Object.values(words).flatMap(placeholders))
    expect(asked.filter((name) => !known.includes(name ?? ''))).toEqual([])
  })
})
