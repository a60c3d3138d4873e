import { AppError } from '#shared/errors.ts'

/** Nobody waits longer to hear why a connection does not work (ms). */
export const connectionDeadline = 5_000

/**
 * The promise's outcome, or `CONNECTION_TIMEOUT` after `milliseconds`; `tooLate` gets what arrives after
 * that, to clean it up.
 */
export async function within<T>(milliseconds: number, promise: Promise<T>, tooLate?: (value: T) => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  let over = false
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      over = true
      reject(new AppError('CONNECTION_TIMEOUT'))
    }, milliseconds)
  })
  promise.then(
    (value) => over && tooLate?.(value),
    () => undefined,
  )
  try {
    return await Promise.race([promise, timeout])
  } finally {
    clearTimeout(timer)
  }
}
