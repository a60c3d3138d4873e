import { once } from 'node:events'
import type { Log } from '#electron/log.ts'
import type { ClinicClient } from './client.ts'
import type { Place } from './errors.ts'
import { send } from './statement.ts'

/** The guide's words for the protocol's transaction status. */
const statusWords: Readonly<Record<string, string>> = { T: 'INTRANS', E: 'INERROR' }

/**
 * Checks a client that comes back to the pool: outside a transaction it may stay. Otherwise the leak is
 * counted, logged in the words the guide tells people to look for, and rolled back. Answers whether the
 * client may stay; false means: discard it.
 */
export async function comeBack(
  client: ClinicClient,
  { log, place, deadline, leak }: { log: Log; place: Place; deadline: number; leak: () => void },
): Promise<boolean> {
  await settled(client, deadline)
  const status = client.getTransactionStatus()
  if (status === 'I') return true
  if (status === null) return false
  leak()
  log.warn(`rolling back returned connection: <podoskin-admin [${statusWords[status] ?? status}]>`, {
    host: place.host,
    port: place.port,
    database: place.database,
  })
  try {
    await send(client, 'ROLLBACK', deadline, place)
  } catch {
    return false
  }
  return (client.getTransactionStatus() as string | null) === 'I'
}

/** A failed statement is known before the transaction status that follows it: wait for that, `deadline` ms at most. */
async function settled(client: ClinicClient, deadline: number): Promise<void> {
  if (client.readyForQuery) return
  await once(client, 'drain', { signal: AbortSignal.timeout(deadline) }).catch(() => {})
}
