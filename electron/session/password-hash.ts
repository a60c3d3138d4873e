import { pbkdf2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import bcrypt from 'bcryptjs'

const derive = promisify(pbkdf2)

/** Work that a hash may ask of this workstation; beyond it a row of the database could freeze the app. */
const limits = { pbkdf2Rounds: 1_000_000, bcryptCost: 15, saltBytes: 1024 } as const
const CHECKSUM_BYTES = 32

/** What a check costs, without anything secret: two hashes of one form take the same time. */
export type HashForm =
  | { readonly kind: 'pbkdf2-sha256'; readonly rounds: number }
  | { readonly kind: 'bcrypt'; readonly cost: number }

export type PasswordHash =
  | { readonly kind: 'pbkdf2-sha256'; readonly rounds: number; readonly salt: Buffer; readonly checksum: Buffer }
  | { readonly kind: 'bcrypt'; readonly cost: number; readonly salt: string; readonly checksum: Buffer }

const pbkdf2Pattern = /^\$pbkdf2-sha256\$([1-9]\d{0,9})\$([A-Za-z0-9./]{0,1400})\$([A-Za-z0-9./]{43})$/
const bcryptPattern = /^\$2[aby]\$(\d\d)\$([A-Za-z0-9./]{22})([A-Za-z0-9./]{31})$/

/**
 * Reads a stored hash: passlib's pbkdf2-sha256 (base64 with `.` for `+` and no padding) or bcrypt 2a, 2b,
 * 2y. Null when it is none of them, damaged, or asks for absurd work: more than 1 000 000 rounds, a
 * bcrypt cost above 15.
 */
export function readHash(stored: string): PasswordHash | null {
  const derived = pbkdf2Pattern.exec(stored)
  if (derived) {
    const [, rounds, salt = '', checksum = ''] = derived
    const hash = { rounds: Number(rounds), salt: fromAdaptedBase64(salt), checksum: fromAdaptedBase64(checksum) }
    const readable = salt.length % 4 !== 1 && hash.checksum.length === CHECKSUM_BYTES
    const sane = hash.rounds <= limits.pbkdf2Rounds && hash.salt.length <= limits.saltBytes
    return readable && sane ? { kind: 'pbkdf2-sha256', ...hash } : null
  }
  const blowfish = bcryptPattern.exec(stored)
  if (blowfish) {
    const [, cost, salt = '', checksum = ''] = blowfish
    const hash = { cost: Number(cost), salt, checksum: bcryptBytes(checksum) }
    return hash.cost >= 4 && hash.cost <= limits.bcryptCost ? { kind: 'bcrypt', ...hash } : null
  }
  return null
}

/** Whether the password is the one that was hashed; the answer takes as long for a wrong one. */
export async function checkPassword(password: string, hash: PasswordHash): Promise<boolean> {
  if (hash.kind === 'pbkdf2-sha256') {
    const derived = await derive(Buffer.from(password, 'utf8'), hash.salt, hash.rounds, CHECKSUM_BYTES, 'sha256')
    return timingSafeEqual(derived, hash.checksum)
  }
  // One revision computes all three: 2a, 2b and 2y of today differ in name only, and each reads 72 bytes.
  const cost = String(hash.cost).padStart(2, '0')
  const computed = await bcrypt.hash(password, `$2b$${cost}$${hash.salt}`)
  return timingSafeEqual(bcryptBytes(computed.slice(-31)), hash.checksum)
}

/** Whether a password is the one of a stored hash; null for a hash that `readHash` refuses. */
export async function verifyPassword(password: string, stored: string): Promise<boolean | null> {
  const hash = readHash(stored)
  return hash && checkPassword(password, hash)
}

/** The form of a hash, to be compared and counted. */
export function formOf(hash: PasswordHash): HashForm {
  return hash.kind === 'bcrypt' ? { kind: 'bcrypt', cost: hash.cost } : { kind: 'pbkdf2-sha256', rounds: hash.rounds }
}

/** A hash of the given form that no password fits: checking it takes the time of a real one. */
export function dummyHash(form: HashForm): PasswordHash {
  return form.kind === 'bcrypt'
    ? { ...form, salt: 'abcdefghijklmnopqrstuu', checksum: Buffer.alloc(23) }
    : { ...form, salt: Buffer.alloc(16), checksum: Buffer.alloc(CHECKSUM_BYTES) }
}

function fromAdaptedBase64(text: string): Buffer {
  return Buffer.from(text.replaceAll('.', '+'), 'base64')
}

function bcryptBytes(text: string): Buffer {
  return Buffer.from(bcrypt.decodeBase64(text, 23))
}
