import { expect } from 'vitest'
import { type DatabaseOptions, openDatabase } from '#electron/database/open.ts'
import { AppError } from '#shared/errors.ts'
import { recordedLog } from './log.ts'

/** Why it did not open; fails when it opens, or takes longer than a person waits. */
export async function refusal(options: DatabaseOptions): Promise<AppError> {
  const started = performance.now()
  const log = recordedLog()
  const outcome = await openDatabase({ ...options, log }).catch((error: unknown) => error)
  expect(performance.now() - started).toBeLessThan(5_500)
  if (!(outcome instanceof AppError)) throw new Error('it opened', { cause: outcome })
  if (options.password)
    expect(`${JSON.stringify(outcome)}${outcome.stack}${log.text()}`).not.toContain(options.password)
  return outcome
}
