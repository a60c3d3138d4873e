import { Readable } from 'node:stream'

/**
 * Gives chunks to a consumer as a stream, with its back-pressure, and always takes all of them: what the consumer
 * leaves is read over. When the chunks fail, the consumer's stream fails with the same error; when the consumer fails,
 * its error is thrown at once.
 */
export async function deliver(
  chunks: AsyncIterable<Buffer>,
  consumer: ((rows: Readable) => Promise<void>) | undefined,
): Promise<void> {
  if (consumer === undefined) {
    for await (const _ of chunks);
    return
  }
  let wake = () => {}
  let wanted = true
  const rows = new Readable({
    read() {
      wanted = true
      wake()
    },
    destroy(error, callback) {
      wake()
      callback(error)
    },
  })
  rows.on('error', () => {})
  const outcome: { settled: boolean; failure: { readonly error: unknown } | null } = { settled: false, failure: null }
  const consuming = consumer(rows).then(
    () => {
      outcome.settled = true
      wake()
    },
    (error: unknown) => {
      outcome.settled = true
      outcome.failure = { error }
      wake()
    },
  )
  const deaf = () => outcome.settled || rows.destroyed
  try {
    for await (const chunk of chunks) {
      while (!wanted && !deaf()) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      if (outcome.failure !== null) throw outcome.failure.error
      if (!deaf()) wanted = rows.push(chunk)
    }
    if (!deaf()) rows.push(null)
  } catch (error) {
    rows.destroy(error instanceof Error ? error : new Error('failed', { cause: error }))
    await consuming
    throw error
  }
  await consuming
  if (outcome.failure !== null) throw outcome.failure.error
}
