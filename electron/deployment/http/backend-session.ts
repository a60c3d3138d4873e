import type { CheckContext, CheckControl } from '#electron/deployment/check.ts'
import { findPrefix, type Login, logIn } from './backend-api.ts'
import { createHttpClient, type HttpClient } from './client.ts'
import { type Load, measureLoad } from './load.ts'

/** The backend as the checks of one run share it: one login, one measurement. Nothing of it is ever written down. */
export interface BackendSession {
  /** A client for the address that was set; closed when `work` is done. */
  with<T>(context: CheckContext, control: CheckControl, work: (client: HttpClient) => Promise<T>): Promise<T>
  /** The token that is there, or one try to log in; null without credentials. */
  token(client: HttpClient, context: CheckContext): Promise<Login | null>
  /** Forgets a token that the backend no longer takes. */
  forget(): void
  /** Where the dashboard is: `/stats/dashboard` or behind `/api`; null when nowhere. */
  dashboardPath(client: HttpClient): Promise<string | null>
  /**
   * Twenty loads one by one and twenty at once: a measurement of the last minute that `reader` has not yet used,
   * else a new one.
   */
  load(
    reader: string,
    client: HttpClient,
    path: string,
    token: string,
    context: CheckContext,
    control: CheckControl,
  ): Promise<Load>
}

interface Known {
  readonly url: string
  readonly user: string
  readonly password: string
  readonly login: Login
  /** Milliseconds since the epoch after which to log in again. */
  readonly until: number
}

/** A token is used for so long; the backend's own live half an hour. */
const tokenLife = 10 * 60_000
const measurementLife = 60_000

/** The session is of one program run: credentials and token are in memory only. */
export function createBackendSession(): BackendSession {
  let known: Known | null = null
  let measured: {
    readonly key: string
    readonly at: number
    readonly load: Load
    readonly readers: Set<string>
  } | null = null

  return {
    async with({ backend }, { signal }, work) {
      const client = createHttpClient({ address: backend.url ?? '', signal })
      try {
        return await work(client)
      } finally {
        client.close()
      }
    },

    async token(client, { backend, credentials, now }) {
      if (credentials === null || backend.url === null) return null
      const { user, password } = credentials
      const same = known?.url === backend.url && known.user === user && known.password === password
      if (known && same && now() < known.until) return known.login
      const login = await logIn(client, credentials)
      // Told to wait, it waits: another try would only lengthen it.
      const wait = login.kind === 'status' && login.status === 429 ? (login.retryAfter ?? 60) * 1_000 : 0
      known = { url: backend.url, user, password, login, until: now() + (login.kind === 'token' ? tokenLife : wait) }
      return login
    },

    forget() {
      known = null
    },

    async dashboardPath(client) {
      const prefix = await findPrefix(client, '/stats/dashboard')
      return prefix === null ? null : `${prefix}/stats/dashboard`
    },

    async load(reader, client, path, token, { backend, now }, { report }) {
      const key = `${backend.url} ${path}`
      const usable = measured?.key === key && now() - measured.at < measurementLife && !measured.readers.has(reader)
      if (!measured || !usable) {
        measured = { key, at: now(), load: await measureLoad(client, path, token, report), readers: new Set() }
      }
      measured.readers.add(reader)
      return measured.load
    },
  }
}
