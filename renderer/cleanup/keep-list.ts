import { type CleanupUser, type Decisions, guideStaff } from '#shared/cleanup.ts'

const plain = (name: string) => name.trim().toLowerCase()

/** The four people of the guide, each with the user that bears the name, if there is one. */
export function guideUsers(users: readonly CleanupUser[]): readonly { name: string; user: CleanupUser | null }[] {
  return guideStaff.map((name) => ({ name, user: users.find(({ userName }) => plain(userName) === name) ?? null }))
}

/** Ids of those on the keep list: the guide's people or the chosen ones, and always who runs the cleanup. */
export function keptIds(
  users: readonly CleanupUser[],
  { keepUsers }: Pick<Decisions, 'keepUsers'>,
  self: string | null,
): ReadonlySet<string> {
  const chosen = keepUsers ?? guideUsers(users).flatMap(({ user }) => (user ? [user.id] : []))
  return new Set(self === null ? chosen : [...chosen, self])
}

/** The keep list with one person put on it or taken off; never without who runs the cleanup. */
export function toggled(kept: ReadonlySet<string>, id: string, stays: boolean, self: string | null): string[] {
  const next = new Set(kept)
  if (stays || id === self) next.add(id)
  else next.delete(id)
  return [...next].sort()
}
