import { parsePostgresUrl, type UrlParts } from '#electron/postgres-url.ts'
import { isLoopback } from '#shared/connection.ts'
import { type EnvFlaw, envFlaws, type GuideVariable, guideVariables } from '#shared/deployment-env.ts'
import { flawOfKey, flawOfPassword } from './secrets.ts'

/** The names that have each flaw. No value is ever part of it. */
export type EnvJudgement = Readonly<Record<EnvFlaw, readonly string[]>>

/** The names that older files have. */
export const olderNames: Partial<Record<GuideVariable, string>> = {
  JWT_SECRET_KEY: 'SECRET_KEY',
  PORT: 'BACKEND_PORT',
  ALLOWED_ORIGINS: 'CORS_ORIGINS',
}

const fromUrl: Partial<Record<GuideVariable, keyof UrlParts>> = {
  DB_HOST: 'host',
  DB_PORT: 'port',
  DB_NAME: 'database',
  DB_USER: 'user',
  DB_PASSWORD: 'password',
}

export interface Target {
  readonly host: string
  readonly port: number
  readonly database: string
}

/** Where a variable of the guide stands: under its own name, an older one, or inside `DATABASE_URL`; each that is set. */
export function placesOf(
  variable: GuideVariable,
  values: ReadonlyMap<string, string>,
): { name: string; value: string }[] {
  const places = [variable, olderNames[variable] ?? variable].flatMap((name) => {
    const value = values.get(name)
    return value === undefined || value.trim() === '' ? [] : [{ name, value }]
  })
  const part = fromUrl[variable]
  const value = part && parsePostgresUrl(values.get('DATABASE_URL') ?? '')?.[part]
  if (value) places.push({ name: `DATABASE_URL (${variable})`, value })
  return places.filter(({ name }, at) => places.findIndex((other) => other.name === name) === at)
}

/**
 * Judges every variable of the guide in a `.env`: missing, of a wrong type, a published default, a placeholder, weak,
 * dangerous, other than the connection in use. `differing` are names that dotenv and Python's dotenv read differently.
 */
export function judgeEnv(
  values: ReadonlyMap<string, string>,
  differing: readonly string[],
  target: Target | null,
): EnvJudgement {
  const found = Object.fromEntries(envFlaws.map((flaw) => [flaw, [] as string[]])) as Record<EnvFlaw, string[]>
  for (const variable of guideVariables) {
    const places = placesOf(variable, values)
    if (places.length === 0) found.missing.push(variable)
    for (const { name, value } of places) {
      for (const flaw of new Set(flawsOf(variable, value.trim(), target))) found[flaw].push(name)
    }
  }
  const ours = new Set<string>([...guideVariables, ...Object.values(olderNames), 'DATABASE_URL'])
  found.ambiguous.push(...new Set(differing.filter((name) => ours.has(name))))
  return found
}

function flawsOf(variable: GuideVariable, value: string, target: Target | null): EnvFlaw[] {
  switch (variable) {
    case 'DB_HOST':
      if (!/^[\w.:[\]/%-]+$/.test(value)) return ['wrongType']
      return target === null || sameHost(value, target.host)
        ? []
        : [maybeSame(value, target.host) ? 'elsewhere' : 'differs']
    case 'DB_PORT':
      if (!isPort(value)) return ['wrongType']
      return target === null || Number(value) === target.port ? [] : ['differs']
    case 'DB_NAME':
      return target === null || value === target.database ? [] : ['differs']
    case 'DB_USER':
      return []
    case 'DB_PASSWORD':
      return [flawOfPassword(value)].filter((flaw) => flaw !== null)
    case 'JWT_SECRET_KEY':
      return [flawOfKey(value)].filter((flaw) => flaw !== null)
    case 'PORT':
      return isPort(value) ? [] : ['wrongType']
    case 'DEBUG':
      if (/^(?:false|0|no|off|f|n)$/i.test(value)) return []
      return [/^(?:true|1|yes|on|t|y)$/i.test(value) ? 'debugOn' : 'wrongType']
    case 'ALLOWED_ORIGINS':
      return originsOf(value).flatMap(flawsOfOrigin)
  }
}

function isPort(value: string): boolean {
  return /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535
}

/** The origins of a list, divided by commas or written as JSON. */
export function originsOf(value: string): string[] {
  return value
    .replace(/^\s*\[|\]\s*$/g, '')
    .split(',')
    .map((origin) => origin.trim().replace(/^(["'])(.*)\1$/, '$2'))
}

function flawsOfOrigin(origin: string): EnvFlaw[] {
  if (origin.includes('*')) return ['originsOpen']
  if (!URL.canParse(origin)) return ['wrongType']
  const url = new URL(origin)
  if (!['http:', 'https:'].includes(url.protocol) || url.origin !== origin.replace(/\/$/, '').toLowerCase()) {
    return ['wrongType']
  }
  if (
    /(?:^|[.-])(?:tu|su|mi|your|my)-?(?:dominio|sitio|domain|site)\b|(?:^|\.)example\.(?:com|org|net)$/.test(
      url.hostname,
    )
  ) {
    return ['placeholder']
  }
  return url.protocol === 'https:' ? [] : ['originsNotHttps']
}

function sameHost(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase() || (isLoopback(one) && isLoopback(other))
}

/** Loopback, a container's service or an alias is another name for a machine that this one calls by its address. */
function maybeSame(one: string, other: string): boolean {
  return [one, other].some((host) => isLoopback(host) || /^[a-z_][\w-]*$/i.test(host) || host.endsWith('.internal'))
}
