import type { Unavailable } from './dashboard.ts'

/** A user of the clinic as an administrator sees them: never with a password or its hash. */
export interface ListedUser {
  readonly id: string
  readonly userName: string
  readonly fullName: string | null
  readonly email: string | null
  /** The clinic's own name of the role; null when the user has none. */
  readonly roleName: string | null
  readonly active: boolean
  /** The clinic's civil time, `YYYY-MM-DDTHH:MM:SS`; null for who has never logged in. */
  readonly lastLogin: string | null
  readonly created: string | null
  /** Names of the podiatrists linked to the user. */
  readonly podiatrists: readonly string[]
}

/** What of a user an installation may be without. */
export const userParts = ['fullName', 'email', 'roleName', 'active', 'lastLogin', 'created', 'podiatrists'] as const
export type UserPart = (typeof userParts)[number]

export interface UserList {
  /** By user name. No more than `cap`, although the clinic may have more. */
  readonly users: readonly ListedUser[]
  readonly total: number
  readonly cap: number
  /** Why a part of every user is missing on this installation. */
  readonly unavailable: Readonly<Partial<Record<UserPart, Unavailable>>>
}
