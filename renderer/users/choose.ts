import type { ListedUser } from '#shared/users.ts'

export const sortableColumns = ['userName', 'fullName', 'roleName', 'active', 'lastLogin', 'podiatrists'] as const
export type SortableColumn = (typeof sortableColumns)[number]

export type ActiveFilter = 'all' | 'active' | 'inactive'

export interface Choice {
  readonly search: string
  readonly filter: ActiveFilter
  readonly sort: { readonly by: SortableColumn; readonly descending: boolean }
}

/** Lower case without accents: who types "martinez" means "Martínez". */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

/**
 * The users that fit a search (every word of it, anywhere) and a filter, sorted as a person of that language sorts.
 * Users without a value come last in both directions.
 */
export function chooseUsers(users: readonly ListedUser[], choice: Choice, locale: string): readonly ListedUser[] {
  const { by, descending } = choice.sort
  const words = fold(choice.search).split(/\s+/).filter(Boolean)
  const collator = new Intl.Collator(locale, { sensitivity: 'base', numeric: true })
  return users
    .filter((user) => choice.filter === 'all' || user.active === (choice.filter === 'active'))
    .filter((user) => {
      const text = searched(user)
      return words.every((word) => text.includes(word))
    })
    .toSorted((one, other) => {
      const [a, b] = [sortKey(one, by), sortKey(other, by)]
      if (a === '' || b === '') return Number(a === '') - Number(b === '')
      const order = collator.compare(a, b)
      return (descending ? -order : order) || collator.compare(one.userName, other.userName)
    })
}

function searched({ userName, fullName, email, roleName, podiatrists }: ListedUser): string {
  return fold([userName, fullName, email, roleName, ...podiatrists].filter(Boolean).join('\n'))
}

function sortKey(user: ListedUser, by: SortableColumn): string {
  if (by === 'active') return user.active ? '0' : '1'
  if (by === 'podiatrists') return user.podiatrists.join(', ')
  return user[by] ?? ''
}
