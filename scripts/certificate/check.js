import { createHash } from 'node:crypto'

/** Crockford's base 32. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * A JSON value as its one text: keys in the order of their UTF-16 code units, no blanks. Written apart from the app on
 * purpose: a second hand that computes the same.
 * @param {unknown} value
 * @returns {string}
 */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`
}

/**
 * The first 80 bits of SHA-256 over the canonical text, five at a time.
 * @param {unknown} certificate
 */
function codeOf(certificate) {
  let bits = BigInt(`0x${createHash('sha256').update(canonical(certificate)).digest('hex').slice(0, 20)}`)
  /** @type {(string | undefined)[]} */
  const code = []
  for (let at = 0; at < 16; at += 1) {
    code.unshift(letters[Number(bits & 31n)])
    bits >>= 5n
  }
  return [0, 4, 8, 12].map((from) => code.slice(from, from + 4).join('')).join('-')
}

/**
 * Whether a certificate's file is byte for byte as it was issued, and the code that belongs to what it says.
 * @param {string | Uint8Array} content
 * @returns {{ intact: boolean, code: string | null, stated: string | null, ready: boolean }}
 */
export function checkCertificate(content) {
  const nothing = { intact: false, code: null, stated: null, ready: false }
  try {
    const text =
      typeof content === 'string' ? content : new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
    const { certificate, code: stated } = JSON.parse(text)
    if (certificate === null || typeof certificate !== 'object' || typeof stated !== 'string') return nothing
    const code = codeOf(certificate)
    const asIssued = `${JSON.stringify({ certificate, code }, null, 2)}\n`
    return { intact: text === asIssued, code, stated, ready: certificate.ready === true }
  } catch {
    return nothing
  }
}
