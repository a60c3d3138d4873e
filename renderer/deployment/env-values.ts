import type { ProfileFields } from '#shared/connection.ts'
import { type EnvFile, type GuideVariable, type WriteEnvInput, writeEnvSchema } from '#shared/deployment-env.ts'

/** The editor's fields as a person types them. */
export interface EnvFields {
  readonly DB_HOST: string
  readonly DB_PORT: number | string
  readonly DB_NAME: string
  readonly DB_USER: string
  readonly DB_PASSWORD: string
  readonly PORT: number | string
  readonly DEBUG: boolean
  /** One on each line. */
  readonly ALLOWED_ORIGINS: string
  readonly newKey: boolean
  readonly own: string
}

type Target = Pick<ProfileFields, 'host' | 'port' | 'database'>

/** What the file says, else the connection in use and the guide's own ports. Debugging is proposed off. */
export function fieldsOf(file: EnvFile, target: Target | null): EnvFields {
  const said = (name: GuideVariable) => file.variables.find((variable) => variable.name === name)
  const value = (name: GuideVariable, otherwise: string) => said(name)?.value ?? otherwise
  const key = said('JWT_SECRET_KEY')
  return {
    DB_HOST: value('DB_HOST', target?.host ?? '127.0.0.1'),
    DB_PORT: Number(value('DB_PORT', String(target?.port ?? 5432))) || 5432,
    DB_NAME: value('DB_NAME', target?.database ?? ''),
    DB_USER: value('DB_USER', ''),
    DB_PASSWORD: '',
    PORT: Number(value('PORT', '8000')) || 8000,
    DEBUG: false,
    ALLOWED_ORIGINS: value('ALLOWED_ORIGINS', '')
      .replace(/^\s*\[|\]\s*$/g, '')
      .split(',')
      .map((origin) => origin.trim().replace(/^(["'])(.*)\1$/, '$2'))
      .join('\n'),
    newKey: !key?.set || key.flaws.length > 0,
    own: '',
  }
}

/** What main is asked to write; not yet checked. */
export function inputOf(fields: EnvFields, stamp: string | null): WriteEnvInput {
  const { DB_HOST, DB_NAME, DB_USER, DEBUG } = fields
  const number = (value: number | string) => (value === '' ? Number.NaN : Number(value))
  const lines = fields.ALLOWED_ORIGINS.split(/[\n,]/).map((line) => line.trim().replace(/\/$/, ''))
  return {
    stamp,
    values: {
      ...{ DB_HOST: DB_HOST.trim(), DB_PORT: number(fields.DB_PORT), DB_NAME: DB_NAME.trim(), DB_USER: DB_USER.trim() },
      ...{ PORT: number(fields.PORT), DEBUG, ALLOWED_ORIGINS: lines.filter((line) => line !== '') },
    },
    password: fields.DB_PASSWORD === '' ? null : fields.DB_PASSWORD,
    newKey: fields.newKey,
  }
}

/** The fields that main would refuse. */
export function refusedFields(input: WriteEnvInput): ReadonlySet<string> {
  const parsed = writeEnvSchema.safeParse(input)
  if (parsed.success) return new Set()
  return new Set(parsed.error.issues.map(({ path }) => String(path[0] === 'values' ? path[1] : path[0])))
}
