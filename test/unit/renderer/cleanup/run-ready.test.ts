import { describe, expect, it } from 'vitest'
import { lackingOf } from '#renderer/cleanup/run-ready.ts'
import { typedNumber } from '#renderer/cleanup/typed-number.ts'
import { type CleanupPlan, decisionsSchema, type RehearsalResult } from '#shared/cleanup.ts'
import type { BackupFolder } from '#shared/cleanup-backup.ts'

const plan = {
  ...{ hash: 'a', decided: true, refusals: [], questions: [], guard: [] },
  ...{ staff: { byDefault: true, missing: [] }, decisions: decisionsSchema.parse({}) },
} as unknown as CleanupPlan
const rehearsed = { plan } as RehearsalResult
const folder: BackupFolder = { id: 'f', path: '/respaldos', freeBytes: 1, problem: null, warning: null }
const complete = { plan, rehearsed, folder, protected: true }
const lacking = (part: Partial<typeof complete> | { rehearsed: null } | { folder: null }) =>
  lackingOf({ ...complete, ...part }).map(({ what }) => what)

describe('what keeps a cleanup from being confirmed', () => {
  it('is nothing when all is there', () => {
    expect(lacking({})).toEqual([])
  })

  it('is each thing that is missing, with the step that puts it right', () => {
    expect(lacking({ rehearsed: null })).toEqual(['rehearsal'])
    expect(lacking({ folder: null })).toEqual(['folder'])
    expect(lacking({ folder: { ...folder, problem: 'cloud' } })).toEqual(['folderProblem'])
    expect(lacking({ protected: false })).toEqual(['protection'])
    expect(lackingOf({ ...complete, plan: { ...plan, decided: false } })).toContainEqual({
      what: 'decisions',
      step: 'database',
    })
  })

  it('is a rehearsal of another plan than that of now', () => {
    expect(lacking({ plan: { ...plan, hash: 'b' } })).toEqual(['changed'])
  })
})

describe('a number that a person types', () => {
  it.each([
    ['1204', 1204],
    [' 1,204 ', 1204],
    ['1.204', 1204],
    ['1 204 300', 1204300],
    ['0', 0],
  ])('%s is a whole number', (text, value) => expect(typedNumber(text)).toBe(value))

  it.each(['', 'doce', '-3', '1,20', '12.5', '1e3', '12345678901', '0x10'])('%s is none', (text) =>
    expect(typedNumber(text)).toBeNull(),
  )
})
