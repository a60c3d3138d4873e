import type { Input, Output, Payload } from '#shared/contract.ts'
import type { WireError } from '#shared/errors.ts'
import type { ProcedureName, TopicName } from '#shared/names.ts'

/** What the preload puts on the window; nothing else in the page may touch it. */
interface Bridge {
  call(name: ProcedureName, input?: unknown): Promise<unknown>
  on(topic: TopicName, listener: (payload: unknown) => void): () => void
}

function bridge(): Bridge {
  return (window as unknown as { readonly podoskin: Bridge }).podoskin
}

/** A request that main refused or could not answer, with the code that the words hang on. */
export class ApiError extends Error {
  constructor(readonly wire: WireError) {
    super(wire.code)
    this.name = 'ApiError'
  }
}

type Arguments<N extends ProcedureName> = undefined extends Input<N> ? [] : [input: Input<N>]

/** Calls a procedure of the contract. Throws `ApiError`, also when the bridge itself fails. */
export async function call<N extends ProcedureName>(name: N, ...[input]: Arguments<N>): Promise<Output<N>> {
  const answer = await bridge()
    .call(name, input)
    .catch((): unknown => null)
  if (!isResult(answer)) throw new ApiError({ code: 'INTERNAL', params: {}, ref: name })
  if (!answer.ok) throw new ApiError(answer.error)
  return answer.value as Output<N>
}

/** Hears a topic until the returned function is called. */
export function subscribe<T extends TopicName>(topic: T, listener: (payload: Payload<T>) => void): () => void {
  return bridge().on(topic, (payload) => listener(payload as Payload<T>))
}

/** The wire error behind anything that was thrown; what is not ours counts as a bug. */
export function wireError(error: unknown): WireError {
  return error instanceof ApiError ? error.wire : { code: 'INTERNAL', params: {}, ref: 'page' }
}

function isResult(answer: unknown): answer is { ok: true; value: unknown } | { ok: false; error: WireError } {
  return typeof answer === 'object' && answer !== null && 'ok' in answer
}
