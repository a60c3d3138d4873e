import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { systemCode } from '#electron/system-code.ts'
import { isBackendUrl } from '#shared/deployment.ts'
import { AppError } from '#shared/errors.ts'

/** Why no answer came. */
export const noAnswers = ['refused', 'timeout', 'hostNotFound', 'certificate', 'closed', 'tooLarge'] as const
export type NoAnswer = (typeof noAnswers)[number]

export interface Answer {
  readonly status: number
  /** Seconds of `Retry-After`; null without one. */
  readonly retryAfter: number | null
  readonly body: string
  /** From the first byte sent to the last received. */
  readonly milliseconds: number
}
export type Outcome = Answer | { readonly failure: NoAnswer; readonly milliseconds: number }

export interface Ask {
  readonly method?: 'GET' | 'POST'
  readonly token?: string
  /** Sent as JSON. */
  readonly body?: unknown
}

export interface HttpClient {
  /** Asks for a path under the address. Never follows a redirect. Rejects only with `CANCELLED`. */
  ask(path: string, ask?: Ask): Promise<Outcome>
  /** Closes every connection that was kept. */
  close(): void
}

export interface HttpClientOptions {
  /** https, or http on this machine; anything else throws `INVALID_INPUT`. */
  readonly address: string
  readonly signal: AbortSignal
  /** Milliseconds for one answer, whole; default 10 s. */
  readonly patience?: number
  /** Bytes of a body; default 1 MB. */
  readonly most?: number
}

/** A careful client for the clinic's backend: no redirects, no proxy, capped answers, whole deadlines. */
export function createHttpClient({
  address,
  signal,
  patience = 10_000,
  most = 1024 * 1024,
}: HttpClientOptions): HttpClient {
  if (!isBackendUrl(address)) throw new AppError('INVALID_INPUT', { field: 'url' })
  const secure = new URL(address).protocol === 'https:'
  const base = address.replace(/\/+$/, '')
  const agent = secure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true })
  const request = secure ? httpsRequest : httpRequest

  const cancels = new Set<() => void>()
  const cancelAll = () => {
    for (const cancel of cancels) cancel()
  }
  signal.addEventListener('abort', cancelAll)

  function once(path: string, { method = 'GET', token, body }: Ask): Promise<Outcome | 'stale'> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(new AppError('CANCELLED'))
      const began = performance.now()
      const payload = body === undefined ? null : Buffer.from(JSON.stringify(body))
      const sent = request(`${base}${path}`, {
        method,
        agent,
        headers: {
          accept: 'application/json',
          'accept-encoding': 'identity',
          'user-agent': 'podoskin-admin',
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(payload !== null && { 'content-type': 'application/json', 'content-length': payload.length }),
        },
      })
      let answering = false
      const done = () => {
        clearTimeout(timer)
        cancels.delete(cancel)
      }
      const fail = (failure: NoAnswer) => {
        done()
        resolve({ failure, milliseconds: performance.now() - began })
        sent.destroy()
      }
      const cancel = () => {
        done()
        reject(new AppError('CANCELLED'))
        sent.destroy()
      }
      const timer = setTimeout(() => fail('timeout'), patience)
      cancels.add(cancel)
      sent.on('error', (error) => {
        const failure = failureOf(error)
        // The backend may close a kept connection in the very moment in which it is used again.
        if (failure === 'closed' && sent.reusedSocket && !answering && method === 'GET') {
          done()
          resolve('stale')
        } else fail(failure)
      })
      sent.once('response', (response) => {
        answering = true
        const chunks: Buffer[] = []
        let size = 0
        response.on('data', (chunk: Buffer) => {
          size += chunk.length
          if (size > most) fail('tooLarge')
          else chunks.push(chunk)
        })
        response.on('error', (error) => fail(failureOf(error)))
        response.once('end', () => {
          done()
          const milliseconds = performance.now() - began
          resolve({ ...headOf(response), body: Buffer.concat(chunks).toString('utf8'), milliseconds })
        })
      })
      sent.end(payload ?? undefined)
    })
  }

  return {
    close() {
      signal.removeEventListener('abort', cancelAll)
      agent.destroy()
    },

    async ask(path, ask = {}) {
      for (let tries = 0; tries < 3; tries++) {
        const outcome = await once(path, ask)
        if (outcome !== 'stale') return outcome
      }
      return { failure: 'closed', milliseconds: 0 }
    },
  }
}

function headOf(response: IncomingMessage): Pick<Answer, 'status' | 'retryAfter'> {
  const wait = Number(response.headers['retry-after'])
  return { status: response.statusCode ?? 0, retryAfter: Number.isFinite(wait) && wait > 0 ? Math.ceil(wait) : null }
}

function failureOf(error: unknown): NoAnswer {
  const code = systemCode(error)
  if (code === 'ECONNREFUSED') return 'refused'
  if (code === 'ETIMEDOUT' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return 'timeout'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'hostNotFound'
  if (/CERT|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|ALTNAME/.test(code)) return 'certificate'
  return 'closed'
}
