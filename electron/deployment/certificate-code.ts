import { createHash } from 'node:crypto'

/** Crockford's letters: none looks like another, so that a code can be read out over the telephone. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeLetters = 16

/**
 * A JSON value as the one text that it has: keys in the order of their UTF-16 code units, no blanks, everything else as
 * `JSON.stringify` writes it. `docs/certificate.md` describes it for whoever wants to recompute a code elsewhere.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const keys = Object.keys(value).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical((value as Record<string, unknown>)[key])}`).join(',')}}`
}

/** The code of a certificate: the first 80 bits of SHA-256 over its canonical text, as `XXXX-XXXX-XXXX-XXXX`. */
export function certificateCode(certificate: unknown): string {
  const bytes = createHash('sha256').update(canonical(certificate), 'utf8').digest()
  const bits = [...bytes.subarray(0, 10)].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const code = Array.from(
    { length: codeLetters },
    (_, at) => letters[Number.parseInt(bits.slice(at * 5, at * 5 + 5), 2)],
  )
  return code.join('').replace(/(.{4})(?=.)/g, '$1-')
}

/** The file of a certificate: what it says, then its code, in exactly this form. */
export function certificateFile(certificate: unknown, code: string): string {
  return `${JSON.stringify({ certificate, code }, null, 2)}\n`
}
