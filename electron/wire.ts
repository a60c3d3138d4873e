import { randomBytes } from 'node:crypto'
import { AppError, type WireError } from '#shared/errors.ts'

/**
 * What may cross the bridge of something that was thrown: its code and its safe values, or `INTERNAL` and
 * nothing else. The random `ref` finds the same failure in the log.
 */
export function toWire(thrown: unknown): WireError {
  const ref = randomBytes(4).toString('hex')
  if (thrown instanceof AppError) return { code: thrown.code, params: thrown.params, ref }
  return { code: 'INTERNAL', params: {}, ref }
}
