import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { knownTables } from '#electron/cleanup/known.ts'
import { firstDifference, hashOf } from '#electron/cleanup/print.ts'
import { keepList } from '#electron/cleanup/staff.ts'
import { type CleanupUser, decisionsSchema } from '#shared/cleanup.ts'
import catalogue from '#support/clinic-database.json' with { type: 'json' }

const user = (id: string, userName: string): CleanupUser => ({
  ...{ id, userName, fullName: userName, email: null, roleName: null, active: true },
})

describe('the keep list', () => {
  const guide = ['dr.santiago.ornelas', 'adm.santiago.ornelas', 'ivette.martinez', 'ibeth.martinez']
  const users = [...guide.map((name, i) => user(String(i + 1), name)), user('9', 'otra')]

  it('starts with the four of the guide, whatever the capitals, and the administrator who runs it', () => {
    const shouted = users.map((each) => ({ ...each, userName: ` ${each.userName.toUpperCase()}` }))
    expect(keepList(shouted, decisionsSchema.parse({}), '9')).toEqual({
      ids: ['1', '2', '3', '4', '9'],
      missing: [],
      unknownIds: [],
      byDefault: true,
    })
  })

  it('always holds the administrator, whatever list a person chose', () => {
    fc.assert(
      fc.property(fc.subarray(['1', '2', '3', '77']), (keepUsers) => {
        const { ids } = keepList(users, decisionsSchema.parse({ keepUsers }), '9')
        expect(ids).toContain('9')
        expect(ids).not.toContain('77')
      }),
      { seed: 7 },
    )
  })
})

describe('the hash', () => {
  it('does not depend on the order of keys and does on everything else', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const shuffled = Object.fromEntries(Object.entries(value).reverse())
        expect(hashOf(shuffled)).toBe(hashOf(value))
        expect(hashOf({ ...value, ' more': 1 })).not.toBe(hashOf(value))
      }),
      { seed: 7 },
    )
  })
})

describe('two prints of a catalogue', () => {
  const print = (object: string, text: string) => ({ relation: 'public.t', object, text })

  it('differ by an object lost, added, changed or doubled', () => {
    const before = [print('index a', 'x'), print('trigger b', 'O')]
    expect(firstDifference(before, [...before].reverse())).toBeNull()
    expect(firstDifference(before, before.slice(1))).toBe('public.t: index a')
    expect(firstDifference(before, [...before, print('rule c', '')])).toBe('public.t: rule c')
    expect(firstDifference(before, [print('index a', 'x'), print('trigger b', 'D')])).toBe('public.t: trigger b')
    expect(firstDifference(before, [...before, print('index a', 'x')])).toBe('objects')
  })
})

it('knows every table of the clinic', () => {
  const names = Object.keys(catalogue)
  expect(names.length).toBe(66)
  expect(names.filter((name) => !knownTables.has(name))).toEqual([])
})
