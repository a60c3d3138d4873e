import type { LogFields } from '#electron/log.ts'

/**
 * What may be logged of something that was thrown and is not ours: its kind, its code and where it happened.
 * Not its message: a server's or a parser's message can quote a patient's values.
 */
export function describeFailure(thrown: unknown): LogFields {
  if (!(thrown instanceof Error)) return { kind: typeof thrown }
  const code: unknown = 'code' in thrown ? thrown.code : null
  const cause: unknown = thrown.cause
  return {
    kind: thrown.name.slice(0, 60),
    ...(typeof code === 'string' && /^[A-Z0-9_]{2,40}$/.test(code) ? { code } : {}),
    ...(cause instanceof Error ? { cause: cause.name.slice(0, 60) } : {}),
    stack: frames(thrown),
  }
}

/** Only the lines that name places in the code: the lines before them are the message. */
function frames(error: Error): string {
  const lines = (error.stack ?? '')
    .split('\n')
    .filter((text) => /^ {4}at [^\n]*(?::\d+:\d+\)?|<anonymous>\)?|native\)?)$/.test(text))
  return lines.slice(0, 12).join('\n')
}
