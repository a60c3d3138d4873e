import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ProfileFields } from '#shared/connection.ts'
import type { Target } from '#support/window-clinic.ts'

/** The clinic as a person would type it into the first screen, without its password. */
export function profileOf({ host, port, database, user }: Target): ProfileFields {
  return {
    ...{ name: 'Clínica', environment: 'testing', host, port, database, user },
    ...{ tls: 'disable', caFile: null, zone: 'America/Tijuana', schema: null, pool: { warm: 2, max: 5 } },
  }
}

/** A secret as it could stand in a file. */
export function formsOf(secret: string): Buffer[] {
  const bytes = Buffer.from(secret)
  return [
    bytes,
    Buffer.from(secret, 'utf16le'),
    Buffer.from(bytes.toString('base64')),
    Buffer.from(encodeURIComponent(secret)),
  ]
}

export function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
}
