import { type CheckContext, type CheckOutcome, hint, measured } from '#electron/deployment/check.ts'
import type { LoginRefusal } from '#electron/deployment/http/backend-api.ts'
import type { NoAnswer } from '#electron/deployment/http/client.ts'
import type { HintCode } from '#shared/deployment.ts'

const noAnswerHints: Readonly<Record<NoAnswer, HintCode>> = {
  refused: 'backendRefused',
  timeout: 'backendTimeout',
  hostNotFound: 'backendHostNotFound',
  certificate: 'backendCertificate',
  closed: 'backendNoHttp',
  tooLarge: 'backendNotOurs',
}

/** The guide's step 5, with the port of the address that was set. */
export function startCommand({ backend }: CheckContext): string {
  const url = backend.url === null ? null : new URL(backend.url)
  const port = url?.protocol === 'http:' && url.port !== '' ? url.port : '8000'
  return `uvicorn main:app --host 0.0.0.0 --port ${port}`
}

/** Nothing can be asked without an address. */
export function noAddress(context: CheckContext): CheckOutcome {
  return { status: 'notVerifiable', evidence: [], hint: hint('backendAddressMissing', {}, startCommand(context)) }
}

/** What a person can do about an answer that did not come. */
export function hintOfNoAnswer(failure: NoAnswer, context: CheckContext): CheckOutcome['hint'] {
  return hint(noAnswerHints[failure], {}, failure === 'refused' ? startCommand(context) : null)
}

/**
 * Why nobody could look behind the login: each refusal explained. Only a 5xx and a silent backend say something about
 * its database, and what follows from that is the check's own business.
 */
export function noToken(login: LoginRefusal | null, context: CheckContext): CheckOutcome {
  const outcome = (code: HintCode, params: Record<string, string | number> = {}): CheckOutcome => ({
    status: 'notVerifiable',
    evidence: login?.kind === 'status' ? [measured('loginStatus', 'integer', login.status)] : [],
    hint: hint(code, params),
  })
  if (login === null) return outcome('credentialsMissing')
  if (login.kind === 'noAnswer') {
    return { status: 'notVerifiable', evidence: [], hint: hintOfNoAnswer(login.failure, context) ?? null }
  }
  if (login.kind === 'shape') return outcome('backendNotOurs')
  switch (login.status) {
    case 401:
      return outcome('login401')
    case 403:
      return outcome('login403')
    case 404:
      return outcome('login404')
    case 422:
      return outcome('login422')
    case 429:
      return outcome('login429', { seconds: login.retryAfter ?? 60, count: login.retryAfter ?? 60 })
    default:
      if (login.status >= 500) return outcome('login500')
      return outcome(login.status >= 300 && login.status < 400 ? 'backendRedirects' : 'backendNotOurs')
  }
}
