import { type Profile, type ProfileFields, poolDefaults, type TlsMode } from '#shared/connection.ts'
import type { WireError } from '#shared/errors.ts'

/** The form as it is typed: numbers may be empty for a moment, optional texts are empty instead of null. */
export interface ProfileForm {
  name: string
  environment: ProfileFields['environment']
  host: string
  port: number | string
  database: string
  user: string
  password: string
  remember: boolean
  tls: TlsMode
  caFile: string
  zone: string
  schema: string
  pool: { warm: number | string; max: number | string }
}

const loopback = new Set(['localhost', '127.0.0.1', '::1', '[::1]'])

/** Off this machine the server is verified; within it nobody can listen. */
export function defaultTls(host: string): TlsMode {
  return loopback.has(host.trim().toLowerCase()) ? 'disable' : 'verify-full'
}

/** A new connection, or one that is changed. */
export function initialForm(profile: Profile | null, remember: boolean): ProfileForm {
  return {
    name: profile?.name ?? '',
    environment: profile?.environment ?? 'testing',
    host: profile?.host ?? 'localhost',
    port: profile?.port ?? 5432,
    database: profile?.database ?? 'podoskin_db',
    user: profile?.user ?? '',
    password: '',
    remember,
    tls: profile?.tls ?? defaultTls('localhost'),
    caFile: profile?.caFile ?? '',
    zone: profile?.zone ?? 'America/Tijuana',
    schema: profile?.schema ?? '',
    pool: { ...(profile?.pool ?? poolDefaults) },
  }
}

/** What the contract takes of a form; the numbers are checked by its schema. */
export function profileOf({ password, remember, caFile, schema, ...form }: ProfileForm): unknown {
  return { ...form, caFile: caFile.trim() || null, schema: schema.trim() || null }
}

/** The field that a failed test or opening is about, so that the answer stands where it can be corrected. */
export function fieldOf({ code }: WireError): string | null {
  return fields[code] ?? null
}

const fields: Partial<Record<WireError['code'], string>> = {
  HOST_NOT_FOUND: 'host',
  CONNECTION_TIMEOUT: 'host',
  NETWORK_UNREACHABLE: 'host',
  CONNECTION_REFUSED: 'port',
  NOT_POSTGRESQL: 'port',
  TLS_NOT_OFFERED: 'tls',
  TLS_REQUIRED: 'tls',
  TLS_CERTIFICATE_EXPIRED: 'tls',
  TLS_WRONG_HOST: 'tls',
  PLAIN_PASSWORD_REFUSED: 'tls',
  TLS_CERTIFICATE_UNTRUSTED: 'caFile',
  CA_FILE_UNREADABLE: 'caFile',
  PASSWORD_REQUIRED: 'password',
  AUTHENTICATION_FAILED: 'password',
  ACCESS_NOT_CONFIGURED: 'user',
  PRIVILEGE_MISSING: 'user',
  DATABASE_NOT_FOUND: 'database',
  NOT_A_CLINIC: 'database',
}
