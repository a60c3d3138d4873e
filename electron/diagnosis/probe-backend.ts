import { request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import { type Finding, failed, type Probe, passed, patience, unproven, warned } from './probe.ts'

/** The guide's own version, and the oldest that its pool needs. */
const oldest = [3, 1] as const
/** What the guide's backend imports before it listens; `asyncpg` brings a pool of its own in place of psycopg's. */
const needed = { psycopg: ['psycopg-pool', 'psycopg'], asyncpg: ['asyncpg'], web: ['fastapi', 'uvicorn'] } as const

/**
 * Whether the backend answers. `/health` is a constant that touches no database: a good answer says only that it is up.
 * Nothing is sent, no redirect is followed, the body is not read.
 */
export const probeBackend: Probe = async ({ backendUrl }) => {
  if (backendUrl === null) return unproven('backendUnknown')
  const url = new URL(backendUrl)
  const facts = { url: url.origin }
  const answer = await ask(new URL(`${url.pathname.replace(/\/+$/, '')}/health`, url))
  if (typeof answer === 'number') {
    return answer >= 200 && answer < 300
      ? passed('backendUp', facts)
      : failed('backendErrors', { ...facts, status: answer })
  }
  return notAnswered(answer, facts)
}

function notAnswered(code: string, facts: { readonly url: string }): Finding {
  if (code === 'ECONNREFUSED') return failed('backendDown', facts)
  if (code === 'ETIMEDOUT' || code === 'ECONNRESET') return failed('backendSilent', facts)
  if (/CERT|SSL|TLS|SIGNED|UNABLE_TO/.test(code)) return failed('backendCertificate', facts)
  return failed('backendUnreachable', facts)
}

/** The status of a GET, or the code of why there is none. */
function ask(url: URL): Promise<number | string> {
  return new Promise((resolve) => {
    const request = url.protocol === 'https:' ? requestSecure : requestPlain
    const asked = request(url, { method: 'GET', agent: false, headers: { accept: 'application/json' } })
    const timer = setTimeout(() => {
      resolve('ETIMEDOUT')
      asked.destroy()
    }, patience)
    asked.once('response', (response) => {
      clearTimeout(timer)
      resolve(response.statusCode ?? 0)
      response.destroy()
    })
    asked.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer)
      resolve(error.code ?? 'unknown')
    })
    asked.end()
  })
}

/** Whether the libraries that the backend rests on are installed, and its pool's new enough. */
export const probePackages: Probe = async (scene) => {
  const packages = await scene.backendPackages().catch(() => null)
  if (packages === null) return unproven('packagesUnknown')
  const driver = !packages.has('psycopg-pool') && packages.has('asyncpg') ? needed.asyncpg : needed.psycopg
  const missing = [...driver, ...needed.web].find((name) => !packages.has(name))
  if (missing !== undefined) return failed('packageMissing', { name: moduleOf(missing) })
  const [pool] = driver
  const version = packages.get(pool) ?? ''
  const facts = { name: moduleOf(pool), version: /^\d[\w.]{0,30}$/.test(version) ? version : '?' }
  return pool === 'psycopg-pool' && isOlder(version) ? warned('packageOld', facts) : passed('packagesFound', facts)
}

/** The name that Python imports, as its own error says it. */
function moduleOf(name: string): string {
  return name.replace('-', '_')
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10))
  return major < oldest[0] || (major === oldest[0] && minor < oldest[1])
}
