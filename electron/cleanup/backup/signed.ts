import { createHash } from 'node:crypto'
import type { Manifest } from './manifest.ts'

const digestLine = /,\n {2}"digest": "([0-9a-f]{64})"\n}\n$/

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex')

/**
 * A manifest as it stands in the file: JSON whose last entry, `digest`, is the SHA-256 of the same text without that
 * entry. A manifest is the one part that nothing after it can vouch for.
 */
export function sign(manifest: Manifest): Buffer {
  const text = `${JSON.stringify(manifest, null, 2)}\n`
  return Buffer.from(`${text.slice(0, -3)},\n  "digest": "${digestOf(text)}"\n}\n`)
}

/** The manifest in what `sign` made, not yet checked for its shape; null when it is not, byte for byte, that. */
export function unsign(bytes: Buffer): unknown {
  const text = bytes.toString('utf8')
  const found = digestLine.exec(text)
  if (found === null || !Buffer.from(text).equals(bytes)) return null
  const bare = `${text.slice(0, found.index)}\n}\n`
  if (digestOf(bare) !== found[1]) return null
  try {
    return JSON.parse(bare)
  } catch {
    return null
  }
}
