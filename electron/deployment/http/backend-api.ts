import type { Answer, HttpClient, NoAnswer, Outcome } from './client.ts'

/** Why the backend gave no token. `notJson` and `shape`: it answered 200 with something else. */
export type LoginRefusal =
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter: number | null }
  | { readonly kind: 'noAnswer'; readonly failure: NoAnswer }
  | { readonly kind: 'shape' }
export type Login = { readonly kind: 'token'; readonly token: string; readonly milliseconds: number } | LoginRefusal

/** Some installations put everything behind `/api`. */
const prefixes = ['', '/api'] as const

/** What a body says as JSON; undefined when it is none, whatever its content type claims. */
export function jsonOf({ body }: Answer): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/**
 * Finds where a path lives, without a token: anything but 404 means that it is there. Null when it is nowhere, or the
 * backend does not answer.
 */
export async function findPrefix(client: HttpClient, path: string): Promise<string | null> {
  for (const prefix of prefixes) {
    const outcome = await client.ask(`${prefix}${path}`)
    if ('failure' in outcome) return null
    if (outcome.status !== 404) return prefix
  }
  return null
}

/** One try to log in. The backend allows five a minute for each user: ask for it once and keep the token. */
export async function logIn(
  client: HttpClient,
  credentials: { readonly user: string; readonly password: string },
): Promise<Login> {
  // A GET to the login is answered 405 where it is, and costs none of the five tries.
  const prefix = await findPrefix(client, '/auth/login')
  const body = { username: credentials.user, password: credentials.password }
  const outcome: Outcome = await client.ask(`${prefix ?? ''}/auth/login`, { method: 'POST', body })
  if ('failure' in outcome) return { kind: 'noAnswer', failure: outcome.failure }
  if (outcome.status !== 200) return { kind: 'status', status: outcome.status, retryAfter: outcome.retryAfter }
  const said = jsonOf(outcome)
  const token = isObject(said) ? said.access_token : undefined
  // What is no token must not become a header.
  if (typeof token !== 'string' || !/^[\w.~+/=-]{8,8192}$/.test(token)) return { kind: 'shape' }
  return { kind: 'token', token, milliseconds: outcome.milliseconds }
}

/** A plain object, such as JSON has. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
