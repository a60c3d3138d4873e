import { z } from 'zod'
import type { ErrorCode } from './errors.ts'
import { withoutNul } from './plain-text.ts'

/** How the link to the server is protected, by libpq's names. */
export const tlsModeSchema = z.enum(['disable', 'require', 'verify-ca', 'verify-full'])
export type TlsMode = z.infer<typeof tlsModeSchema>

const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\0\r\n]*$/)

/** The two pool sizes of the guide: 5 warmed after login, 20 at most. */
export const poolDefaults = { warm: 5, max: 20 } as const

/**
 * A connection profile as a person fills it in. The password is not part of it: it lives in the
 * system keychain, or only in memory.
 */
export const profileFieldsSchema = z
  .object({
    name: text(60),
    environment: z.enum(['testing', 'production']),
    host: text(255),
    port: z.number().int().min(1).max(65535),
    database: text(63),
    user: text(63),
    tls: tlsModeSchema,
    /** Path of a PEM file with the certificate authorities to trust; null trusts the system's. */
    caFile: text(1024).nullable(),
    /** IANA zone of the clinic: its timestamps carry none, and "today" is a day of this zone. */
    zone: text(64).refine(isZone, { params: { rule: 'zone' } }),
    /** Schema that holds the clinic's tables; null follows the role's search_path. */
    schema: text(63).nullable(),
    /** Through a connection pooler in transaction mode there is no session state to rely on. */
    pool: z
      .object({ warm: z.number().int().min(0).max(50), max: z.number().int().min(2).max(50) })
      .strict()
      .refine((pool) => pool.warm <= pool.max, { params: { rule: 'warmOverMax' } }),
  })
  .strict()

export type ProfileFields = z.infer<typeof profileFieldsSchema>

/** True when the JavaScript runtime knows the IANA zone. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

export const profileIdSchema = z.uuid()

/** A stored profile. `kind` is `demo` only for the demo clinic that runs from source, `managed` where a policy fixes it. */
export interface Profile extends ProfileFields {
  readonly id: string
  readonly kind: 'server' | 'demo' | 'managed'
}

const passwordSchema = z.string().min(1).max(1024).regex(withoutNul)

/** A missing password means: use the stored one, or the one held in memory. */
export const testConnectionSchema = z
  .object({ profile: profileFieldsSchema, id: profileIdSchema.nullable(), password: passwordSchema.nullable() })
  .strict()
export type TestConnectionInput = z.infer<typeof testConnectionSchema>

export const saveProfileSchema = z
  .object({
    id: profileIdSchema.nullable(),
    profile: profileFieldsSchema,
    password: passwordSchema.nullable(),
    /** False keeps the password in memory until the app closes. */
    remember: z.boolean(),
  })
  .strict()
export type SaveProfileInput = z.infer<typeof saveProfileSchema>

export const openProfileSchema = z.object({ id: profileIdSchema, password: passwordSchema.nullable() }).strict()
export const profileReferenceSchema = z.object({ id: profileIdSchema }).strict()
export const importEnvSchema = z.object({ path: text(1024) }).strict()

/** What a backend's `.env` says of its database. The password stays in main, to be saved with the profile. */
export interface ImportedEnv {
  readonly fields: Pick<ProfileFields, 'host' | 'port' | 'database' | 'user'>
  readonly hasPassword: boolean
  /** Names of the variables that were used. */
  readonly variables: readonly string[]
}

/** What was found on the other side, as evidence that the profile works. */
export interface TestReport {
  readonly serverVersion: string
  readonly database: string
  readonly role: string
  readonly schema: string
  readonly tls: { readonly on: boolean; readonly protocol: string | null }
  readonly pooler: boolean
  readonly superuser: boolean
  readonly milliseconds: number
  readonly tables: number
  /** Things that work but deserve a word, by code. */
  readonly warnings: readonly TestWarning[]
}
export type TestWarning = 'OWNER_ROLE' | 'SUPERUSER' | 'PLAIN_LINK' | 'UNVERIFIED_CERTIFICATE' | 'CANNOT_RECORD_LOGIN'

/** Who reads every day and who owns the tables, with the SQL that makes the first; identifiers quoted, no password. */
export interface RoleAdvice {
  /** The role of the profile in use. */
  readonly role: string
  /** Whether that role may do to the tables what their owner may. */
  readonly owns: boolean
  /** Owners of the clinic's tables, as SQL writes them. */
  readonly owners: readonly string[]
  /** What the everyday role is called, and whether the server has it already. */
  readonly everyday: string
  readonly exists: boolean
  readonly sql: string
  /** What psql asks the password with, after `sql`. */
  readonly password: string
  /** Optional: lets the role see the sessions of others. */
  readonly monitor: string
}

export type KeychainState = 'available' | 'unavailable'

/** What a role may need to see of the connection: no password, ever. */
export interface ConnectionState {
  readonly profiles: readonly (Profile & { readonly passwordStored: boolean })[]
  readonly currentId: string | null
  readonly status: 'closed' | 'opening' | 'open' | 'lost'
  /** Why the last attempt failed; null while it works. */
  readonly failure: ErrorCode | null
  readonly keychain: KeychainState
  /** Why the keychain last failed, in this run; absent while it works. */
  readonly keychainFailure?: Extract<ErrorCode, 'KEYCHAIN_UNAVAILABLE' | 'KEYCHAIN_TIMEOUT'>
  /** Present only when the demo clinic was started with the app, from source. */
  readonly demo: { readonly profileId: string; readonly credentials: readonly DemoCredential[] } | null
}

export interface DemoCredential {
  readonly user: string
  readonly password: string
  readonly role: string
}

/** True for addresses that never leave this machine: the loopback, and folders of Unix sockets. */
export function isLoopback(host: string): boolean {
  const name = host
    .trim()
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '::1' ||
    name.startsWith('/') ||
    /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(name)
  )
}

/** The protection to propose for a host: full verification for every link that leaves the machine. */
export function suggestedTls(host: string): TlsMode {
  return isLoopback(host) ? 'disable' : 'verify-full'
}
