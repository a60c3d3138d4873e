import type { DatabaseOptions } from '#electron/database/open.ts'
import type { Log } from '#electron/log.ts'
import { readSmallFile } from '#electron/read-small-file.ts'
import type { ProfileFields, TlsMode } from '#shared/connection.ts'
import { AppError } from '#shared/errors.ts'

const MOST_CA_BYTES = 1024 * 1024
const strength: Readonly<Record<TlsMode, number>> = { disable: 0, require: 1, 'verify-ca': 2, 'verify-full': 3 }

/**
 * Whether a password known for `before` may be sent to `after`: the same server and user, not more
 * weakly protected, trusting nobody else. Otherwise whoever edits a profile could lead a stored password
 * to a server of theirs.
 */
export function sameTarget(before: ProfileFields, after: ProfileFields): boolean {
  return (
    before.host.toLowerCase() === after.host.toLowerCase() &&
    before.port === after.port &&
    before.user === after.user &&
    strength[after.tls] >= strength[before.tls] &&
    (before.caFile === after.caFile || strength[before.tls] < strength['verify-ca'])
  )
}

/** Whether an open connection may stay as it is: only the name, the label or the zone differ. */
export function sameConnection(before: ProfileFields, after: ProfileFields): boolean {
  const relevant = ({ host, port, database, user, tls, caFile, schema, pool }: ProfileFields) =>
    JSON.stringify([host, port, database, user, tls, caFile, schema, pool.warm, pool.max])
  return relevant(before) === relevant(after)
}

/** What `openDatabase` takes for a profile. Throws `CA_FILE_UNREADABLE { file }`. */
export async function databaseOptions(
  profile: ProfileFields,
  password: string | null,
  log: Log,
): Promise<DatabaseOptions> {
  const { host, port, database, user, schema, pool, tls: mode } = profile
  const ca = mode === 'disable' || profile.caFile === null ? null : await readCa(profile.caFile)
  return { host, port, database, user, password, tls: { mode, ca }, schema, pool, log }
}

async function readCa(file: string): Promise<string> {
  try {
    const text = (await readSmallFile(file, MOST_CA_BYTES))?.toString('utf8')
    if (text?.includes('-----BEGIN CERTIFICATE-----')) return text
  } catch {
    // What exactly was wrong with the file helps nobody: the person chooses it again.
  }
  throw new AppError('CA_FILE_UNREADABLE', { file })
}
