import { describe, expect, it } from 'vitest'
import { type Choice, chooseUsers } from '#renderer/users/choose.ts'
import type { ListedUser } from '#shared/users.ts'

const user = (userName: string, part: Partial<ListedUser> = {}): ListedUser => ({
  ...{ id: userName, userName, fullName: null, email: null, roleName: null, active: true, lastLogin: null },
  ...{ created: null, podiatrists: [] },
  ...part,
})
const users = [
  user('zoe', { fullName: 'Zoé Ñáñez', roleName: 'Podologo', lastLogin: '2026-11-20T09:00:00', podiatrists: ['Zoé'] }),
  user('ana2', { fullName: 'Ana Martínez', roleName: 'Admin', lastLogin: '2026-11-24T09:00:00', active: false }),
  user('ana10', { fullName: 'Óscar Nuñez', email: 'oscar@clinica.mx' }),
]

function names(choice: Partial<Choice> = {}): string[] {
  const whole: Choice = { search: '', filter: 'all', sort: { by: 'userName', descending: false }, ...choice }
  return chooseUsers(users, whole, 'es').map(({ userName }) => userName)
}

describe('the users that are shown', () => {
  it('are found by any part, with or without accents and capitals, by every word that is typed', () => {
    expect(names({ search: 'martinez' })).toEqual(['ana2'])
    expect(names({ search: 'CLINICA oscar' })).toEqual(['ana10'])
    expect(names({ search: '  podologo ' })).toEqual(['zoe'])
    expect(names({ search: 'oscar admin' })).toEqual([])
  })

  it('are not found by a word that only two parts together would make', () => {
    expect(names({ search: 'zoezoe' })).toEqual([])
  })

  it('are the active, the inactive or all of them', () => {
    expect(names({ filter: 'active' })).toEqual(
      ['ana10', 'zoe'].toSorted(new Intl.Collator('es', { numeric: true }).compare),
    )
    expect(names({ filter: 'inactive' })).toEqual(['ana2'])
  })

  it('are sorted as people count, and turned round', () => {
    expect(names()).toEqual(['ana2', 'ana10', 'zoe'])
    expect(names({ sort: { by: 'userName', descending: true } })).toEqual(['zoe', 'ana10', 'ana2'])
    expect(names({ sort: { by: 'fullName', descending: false } })).toEqual(['ana2', 'ana10', 'zoe'])
    expect(names({ sort: { by: 'active', descending: false } })).toEqual(['ana10', 'zoe', 'ana2'])
  })

  it('come last where they have no value, in both directions', () => {
    expect(names({ sort: { by: 'lastLogin', descending: false } })).toEqual(['zoe', 'ana2', 'ana10'])
    expect(names({ sort: { by: 'lastLogin', descending: true } })).toEqual(['ana2', 'zoe', 'ana10'])
  })
})
