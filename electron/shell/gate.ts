import { performance } from 'node:perf_hooks'
import { ZodError } from 'zod'
import type { Log } from '#electron/log.ts'
import { toWire } from '#electron/wire.ts'
import { type Access, type Handlers, procedures, topics } from '#shared/contract.ts'
import { AppError, type ErrorCode, type Result, type WireError } from '#shared/errors.ts'
import { type ProcedureName, procedureNames, type TopicName } from '#shared/names.ts'
import type { SessionState } from '#shared/session.ts'
import { describeFailure } from './failure.ts'
import { exceeds } from './size.ts'

export interface GateOptions {
  readonly handlers: Handlers
  /** Who is logged in now, whether the password was typed again within the last minutes, and a fresh look at the user. */
  readonly session: { state(): SessionState; isFresh(): boolean; recheck(): Promise<void> }
  /** Whether the policy of the machine takes a call away; by default none. */
  readonly forbids?: (name: ProcedureName) => boolean
  readonly log: Log
  /** The most that a call may carry, in bytes; default one megabyte. */
  readonly inputLimit?: number
}

export interface Gate {
  /** Answers one call, never throws. `trusted` says whether it came from the page of our own window. */
  answer(name: string, input: unknown, trusted: boolean): Promise<Result<unknown>>
  /** Whether whoever sits at the window may hear a topic now. */
  mayHear(topic: TopicName): boolean
}

type AnyHandler = (input: unknown) => unknown

/**
 * The checks that every call passes, in this order: a known name, a trusted sender, the session and the role,
 * the size, the shape. Only the parsed input reaches the handler; only codes reach the page; only names,
 * durations and outcomes reach the log.
 */
export function createGate({ handlers, session, log, forbids, inputLimit = 1024 * 1024 }: GateOptions): Gate {
  async function answer(name: string, input: unknown, trusted: boolean): Promise<Result<unknown>> {
    const started = performance.now()
    const known = isProcedure(name)
    const outcome = await settle(async () => {
      if (!known) throw new AppError('UNKNOWN_PROCEDURE')
      if (!trusted) throw new AppError('UNTRUSTED_SENDER')
      const definition = procedures[name]
      demand(definition.access, session.state())
      if (forbids?.(name)) throw new AppError('MANAGED_BY_POLICY')
      if (definition.fresh && !session.isFresh()) throw new AppError('REAUTHENTICATION_REQUIRED')
      if (exceeds(input, inputLimit)) throw new AppError('PAYLOAD_TOO_LARGE', { limit: inputLimit })
      const parsed: unknown = definition.input.parse(input)
      // Rights may have gone since the login: whoever changes the clinic's data is looked up once more.
      if (definition.effect === 'write' && definition.access === 'admin') await session.recheck()
      return (handlers[name] as AnyHandler)(parsed)
    })
    const entry = { name: known ? name : 'unknown', ms: Math.round(performance.now() - started) }
    if (outcome.ok) {
      log.info('call', { ...entry, outcome: 'ok' })
      return outcome
    }
    const { error, thrown } = outcome
    const fields = { ...entry, outcome: error.code, ref: error.ref }
    if (error.code === 'INTERNAL') log.error('call', { ...fields, ...describeFailure(thrown) })
    else log.warn('call', fields)
    return { ok: false, error }
  }

  return { answer, mayHear: (topic) => refusal(topics[topic].access, session.state()) === null }
}

function isProcedure(name: string): name is ProcedureName {
  return (procedureNames as readonly string[]).includes(name)
}

function demand(access: Access, state: SessionState): void {
  const code = refusal(access, state)
  if (code !== null) throw new AppError(code)
}

function refusal(access: Access, state: SessionState): ErrorCode | null {
  if (access === 'anyone') return null
  if (state.status === 'out') return access === 'setup' ? null : 'NOT_LOGGED_IN'
  if (state.status === 'locked') return 'SESSION_LOCKED'
  return access === 'member' || state.user.role === 'admin' ? null : 'FORBIDDEN_ROLE'
}

type Outcome = { ok: true; value: unknown } | { ok: false; error: WireError; thrown: unknown }

async function settle(work: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { ok: true, value: await work() }
  } catch (thrown) {
    return { ok: false, error: wire(thrown), thrown }
  }
}

function wire(thrown: unknown): WireError {
  if (!(thrown instanceof ZodError)) return toWire(thrown)
  return toWire(new AppError('INVALID_INPUT', { fields: fieldNames(thrown) }))
}

/** Names of the contract only: a key that the caller invented is not repeated. */
function fieldNames(error: ZodError): string {
  const paths = error.issues.map(({ path }) => path.map(String).join('.'))
  return [...new Set(paths.filter((path) => path !== ''))].slice(0, 20).join(', ')
}
