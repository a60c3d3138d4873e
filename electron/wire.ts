import { randomBytes } from 'node:crypto'
import { AppError, type WireError } from '#shared/errors.ts'

/**
 * What may cross the bridge of something that was thrown: its code and its safe values, or `INTERNAL` and
 * nothing else. The random `ref` finds the same failure in the log.
 */
export function toWire(thrown: unknown): WireError {
  const ref = reference()
  if (thrown instanceof AppError) return { code: thrown.code, params: thrown.params, ref }
  return { code: 'INTERNAL', params: {}, ref }
}

/** Short enough to be read out over the telephone; without letters that look like digits. */
function reference(): string {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
  return Array.from(randomBytes(6), (byte) => letters[byte % letters.length]).join('')
}
