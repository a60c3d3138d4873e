import { dirname } from 'node:path'
import { shell } from 'electron'
import type { Log } from '#electron/log.ts'
import { AppError } from '#shared/errors.ts'
import type { ExternalPlace } from '#shared/shell.ts'
import { isAllowed } from './allow-list.ts'
import type { LogFile } from './log-file.ts'

const addresses: Readonly<Record<Exclude<ExternalPlace, 'log-folder'>, string>> = {
  'postgresql-docs': 'https://www.postgresql.org/docs/current/',
}

/** Opens one of the named places outside the app; the page never passes an address. */
export async function openPlace(place: ExternalPlace, log: LogFile): Promise<void> {
  if (place !== 'log-folder') return safeOpenExternal(addresses[place], log)
  const failure = await shell.openPath(dirname(log.file))
  if (failure !== '') throw new AppError('NOT_FOUND')
}

/**
 * The only caller of `shell.openExternal`, which hands its argument to the operating system: a `file:` or a
 * `javascript:` address, or a share's name, would run a program. Throws `NOT_FOUND` for all but the listed.
 */
export async function safeOpenExternal(address: string, log: Log): Promise<void> {
  if (!isAllowed(address)) {
    log.warn('external address refused')
    throw new AppError('NOT_FOUND')
  }
  await shell.openExternal(address)
}
