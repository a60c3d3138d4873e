import { expect, it } from 'vitest'
import { guideUsers, keptIds, toggled } from '#renderer/cleanup/keep-list.ts'
import { type CleanupUser, guideStaff } from '#shared/cleanup.ts'

const user = (id: string, userName: string): CleanupUser => ({
  ...{ id, userName, fullName: userName, email: null, roleName: null, active: true },
})
const users = [user('1', ` ${guideStaff[0].toUpperCase()}`), user('2', guideStaff[2]), user('9', 'otra')]

it('finds the people of the guide without regard to capitals and blanks, and says who is not there', () => {
  expect(guideUsers(users).map((person) => person.user?.id ?? null)).toEqual(['1', null, '2', null])
})

it('keeps the people of the guide until somebody chooses, and always who runs the cleanup', () => {
  expect([...keptIds(users, { keepUsers: null }, '9')].sort()).toEqual(['1', '2', '9'])
  expect([...keptIds(users, { keepUsers: ['2'] }, '9')].sort()).toEqual(['2', '9'])
})

it('takes anybody off the list but who runs the cleanup', () => {
  const kept = new Set(['1', '9'])
  expect(toggled(kept, '1', false, '9')).toEqual(['9'])
  expect(toggled(kept, '9', false, '9')).toEqual(['1', '9'])
  expect(toggled(kept, '2', true, '9')).toEqual(['1', '2', '9'])
})
