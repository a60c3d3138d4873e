import { randomBytes } from 'node:crypto'

/** Values that stand in the guide, in example files and in old versions of the backend: everybody knows them. */
const published = [
  'podoskin_password_123',
  'podoskin123',
  'tu-secret-key-en-produccion-cambiar',
  'your-secret-key-change-in-production',
  'cambiar_en_produccion',
  'password',
  'postgres',
  'admin',
  'secret',
  '123456',
  'changeme',
]

const placeholder =
  /(?:^|[^a-z])(?:cambia(?:r|me)?|change(?:[-_ ]?(?:me|this))?|your|tu|su|mi|my|ejemplo|example|placeholder|replace|reemplaza(?:r)?|aqui|here|todo|dummy|default|xxx+)(?:[^a-z]|$)|^<.*>$/i

/** What is wrong with a secret, from worst to least; null when nothing is. It never leaves this function. */
export type SecretFlaw = 'default' | 'placeholder' | 'weak'

/** Judges the key that signs sessions: 256 bits are the size of its signature (HS256, RFC 7518). */
export function flawOfKey(value: string): SecretFlaw | null {
  return flawOf(value, 32, 128)
}

/** Judges a password of the database, which nobody types by hand. */
export function flawOfPassword(value: string): SecretFlaw | null {
  return flawOf(value, 12, 50)
}

function flawOf(value: string, length: number, bits: number): SecretFlaw | null {
  const plain = value.trim().toLowerCase()
  if (published.includes(plain)) return 'default'
  if (value.length < 64 && placeholder.test(value)) return 'placeholder'
  return value.length < length || estimatedBits(value) < bits ? 'weak' : null
}

/**
 * How much chance there is in a text, at most: its length, less what repeats or follows on, times what its alphabet
 * gives. Generous to words, strict with `aaaa` and `12345678`.
 */
function estimatedBits(value: string): number {
  const classes = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/\d/, 10],
    [/[^a-zA-Z\d]/, 20],
  ] as const
  const alphabet = classes.reduce((sum, [pattern, size]) => sum + (pattern.test(value) ? size : 0), 0)
  let fresh = 0
  const seen = new Set<string>()
  for (let at = 0; at < value.length; at++) {
    const step = at > 0 ? value.charCodeAt(at) - value.charCodeAt(at - 1) : 99
    const pair = value.slice(at - 1, at + 1)
    if (Math.abs(step) > 1 && !seen.has(pair)) fresh += 1
    if (at > 0) seen.add(pair)
  }
  const distinct = new Set(value).size
  return Math.min(fresh, distinct * 3) * Math.log2(Math.max(alphabet, 1))
}

/** A key of 384 random bits, in letters, digits, `-` and `_`, which every reader of `.env` takes unquoted. */
export function newKey(): string {
  return randomBytes(48).toString('base64url')
}
