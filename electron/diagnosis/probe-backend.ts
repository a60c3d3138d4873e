import { request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import { type Finding, failed, type Probe, passed, patience, unproven, warned } from './probe.ts'

/** The guide's own version, and the oldest that its pool needs. */
const oldest = [3, 1] as const
/** Packages of the guide's first step, and what later backends use in their place. */
const drivers = ['psycopg-pool', 'asyncpg'] as const

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

/** Whether the backend's library for pools is installed, and new enough. */
export const probePackages: Probe = async (scene) => {
  const packages = await scene.backendPackages().catch(() => null)
  if (packages === null) return unproven('packagesUnknown')
  const found = drivers.find((name) => packages.has(name))
  if (found === undefined) return failed('packageMissing', { name: 'psycopg_pool' })
  const version = packages.get(found) ?? ''
  const facts = { name: found.replace('-', '_'), version: /^\d[\w.]{0,30}$/.test(version) ? version : '?' }
  return found === 'psycopg-pool' && isOlder(version) ? warned('packageOld', facts) : passed('packagesFound', facts)
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10))
  return major < oldest[0] || (major === oldest[0] && minor < oldest[1])
}
