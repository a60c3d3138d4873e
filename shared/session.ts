import { z } from 'zod'
import { withoutNul } from './plain-text.ts'

/** Only `Admin` opens everything; every other role sees the dashboard. */
export type Role = 'admin' | 'member'

export interface SessionUser {
  readonly id: string
  readonly userName: string
  readonly fullName: string
  /** The clinic's own name of the role, as it stands in the database. */
  readonly roleName: string
  readonly role: Role
}

export type SessionState =
  | { readonly status: 'out' }
  | { readonly status: 'locked'; readonly user: SessionUser; readonly reason: 'idle' | 'asked' | 'screen' }
  | { readonly status: 'in'; readonly user: SessionUser }

const secret = z.string().min(1).max(1024).regex(withoutNul)

/** `name` is a user name, an e-mail or the telephone number of the linked podiatrist. */
export const loginSchema = z
  .object({ name: z.string().trim().min(1).max(254).regex(withoutNul), password: secret })
  .strict()
export type LoginInput = z.infer<typeof loginSchema>
export const passwordSchema = z.object({ password: secret }).strict()
