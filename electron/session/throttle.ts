import { createHmac, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { openJsonFile } from '#electron/json-file.ts'
import type { Log } from '#electron/log.ts'
import { AppError } from '#shared/errors.ts'

/** The clinic's backend allows as many (`reference/backend.md`). */
const TRIES = 5
const WINDOW = 60_000
const LONGEST_WAIT = 15 * 60_000
/** After as long without a try the growing wait starts over. */
const FORGOTTEN_AFTER = 60 * 60_000
const MOST_NAMES = 1000

const nameSchema = z.object({
  tries: z.array(z.number()).max(TRIES),
  strikes: z.number().int().min(0).max(1000),
  until: z.number(),
  last: z.number(),
})
const fileSchema = z.object({
  schemaVersion: z.literal(1),
  key: z.string().regex(/^[0-9a-f]{64}$/),
  names: z.record(z.string().regex(/^[0-9a-f]{64}$/), nameSchema),
})
type NameRecord = z.infer<typeof nameSchema>

/** A try that was counted before its password was looked at. */
export interface Attempt {
  /** The password was right: the name starts over. */
  forgive(): void
  /** The password was never looked at (no connection): the try does not count. */
  withdraw(): void
}

export interface Throttle {
  /** Counts a try for the name. Throws `TOO_MANY_TRIES { seconds }` when there were too many. */
  begin(name: string): Promise<Attempt>
  /** Places a name by a secret of this workstation, the same each time, in [0, 1). */
  place(name: string): number
}

export interface ThrottleOptions {
  readonly file: string
  readonly now: () => number
  readonly log: Log
}

/**
 * Five tries a minute for each name, then one after each wait of 1, 2, 4, 8 and at most 15 minutes. It
 * outlives the app; the file names nobody: names are keyed hashes.
 */
export function createThrottle({ file, now, log }: ThrottleOptions): Throttle {
  const store = openJsonFile({ file, name: 'throttle', parse: fileSchema.parse, log, lastGoodCopy: false })
  const stored = store.read()
  const key = stored?.key ?? randomBytes(32).toString('hex')
  const names = new Map<string, NameRecord>(Object.entries(stored?.names ?? {}))
  let complained = false

  const digest = (name: string) => createHmac('sha256', key).update(normalised(name)).digest()

  function save(): Promise<void> {
    return store.write({ schemaVersion: 1, key, names: Object.fromEntries(names) }).catch(() => {
      if (!complained) log.warn('session.throttleNotSaved')
      complained = true
    })
  }

  return {
    async begin(name) {
      const id = digest(name).toString('hex')
      const at = now()
      const until = names.get(id)?.until
      const record = current(names.get(id), at)
      if (record.until > at) {
        if (record.until !== until) await save()
        throw new AppError('TOO_MANY_TRIES', { seconds: Math.ceil((record.until - at) / 1000) })
      }

      record.tries = [...record.tries, at].slice(-TRIES)
      record.last = at
      const blocks = record.strikes > 0 || record.tries.length >= TRIES
      if (blocks) {
        record.strikes += 1
        record.until = at + Math.min(WINDOW * 2 ** (record.strikes - 1), LONGEST_WAIT)
      }
      names.set(id, record)
      makeRoom(names, at)
      // Counted on disk before the password is looked at: ending the app must not buy another try.
      await save()

      return {
        forgive() {
          names.delete(id)
          void save()
        },
        withdraw() {
          const index = record.tries.indexOf(at)
          if (index >= 0) record.tries.splice(index, 1)
          if (blocks) {
            record.strikes -= 1
            record.until = 0
          }
          void save()
        },
      }
    },
    place: (name) => digest(name).readUInt32BE(0) / 2 ** 32,
  }
}

/** The telephone number however it is spaced; other names whatever their capitals. */
function normalised(name: string): string {
  const plain = name.normalize('NFKC').trim().toLowerCase()
  return /^[\d\s()+./-]+$/.test(plain) ? plain.replace(/\D/g, '').slice(-10) : plain
}

/** The record as it counts now, even when the workstation's clock was set back. */
function current(record: NameRecord | undefined, at: number): NameRecord {
  if (!record || at - Math.max(record.last, record.until) > FORGOTTEN_AFTER) {
    return { tries: [], strikes: 0, until: 0, last: at }
  }
  record.tries = record.tries.map((time) => Math.min(time, at)).filter((time) => at - time < WINDOW)
  record.until = Math.min(record.until, at + LONGEST_WAIT)
  return record
}

/** Forgets the names tried longest ago, those that wait last of all. */
function makeRoom(names: Map<string, NameRecord>, at: number): void {
  if (names.size <= MOST_NAMES) return
  const waits = (record: NameRecord) => Number(record.until > at)
  const order = [...names].sort(([, a], [, b]) => waits(a) - waits(b) || a.last - b.last)
  for (const [id] of order.slice(0, names.size - MOST_NAMES)) names.delete(id)
}
