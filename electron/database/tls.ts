import { X509Certificate } from 'node:crypto'
import type { ConnectionOptions } from 'node:tls'
import type { TlsMode } from '#shared/connection.ts'
import { AppError } from '#shared/errors.ts'

/** How the link is protected: libpq's modes, and the authorities to trust as PEM text (null: the runtime's). */
export interface TlsChoice {
  readonly mode: TlsMode
  readonly ca: string | null
}

const certificate = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

/**
 * Node's TLS options for a mode; false means a plain link. `verify-full` is Node's own check of chain and
 * host; `verify-ca` leaves the host out, `require` leaves both out. Throws `CA_FILE_UNREADABLE` for text
 * that holds no readable certificate, which Node would silently ignore.
 */
export function tlsOptions({ mode, ca }: TlsChoice): ConnectionOptions | false {
  if (mode === 'disable') return false
  if (mode === 'require') return { rejectUnauthorized: false }
  const authorities = ca === null ? {} : { ca: readAuthorities(ca) }
  return mode === 'verify-ca'
    ? { ...authorities, rejectUnauthorized: true, checkServerIdentity: () => undefined }
    : { ...authorities, rejectUnauthorized: true }
}

function readAuthorities(text: string): string[] {
  const found = text.match(certificate) ?? []
  try {
    if (found.length === 0) throw new Error('no certificate')
    for (const pem of found) new X509Certificate(pem)
  } catch {
    throw new AppError('CA_FILE_UNREADABLE')
  }
  return found
}
