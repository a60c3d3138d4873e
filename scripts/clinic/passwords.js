import { createHash, pbkdf2Sync } from 'node:crypto'
import { hashSync } from 'bcryptjs'

/** The base64 of passlib: `.` for `+` and no padding. @param {Buffer} bytes */
const adapted = (bytes) => bytes.toString('base64').replaceAll('+', '.').replaceAll('=', '')

/**
 * A hash as passlib writes it. The salt follows from the user's name, so that the demo clinic is always the same; a real
 * clinic's is random.
 * @param {string} user
 * @param {string} password
 */
export function pbkdf2Hash(user, password, rounds = 29_000) {
  const salt = createHash('sha256').update(user).digest().subarray(0, 16)
  const checksum = pbkdf2Sync(password, salt, rounds, 32, 'sha256')
  return `$pbkdf2-sha256$${rounds}$${adapted(salt)}$${adapted(checksum)}`
}

/**
 * @param {string} user
 * @param {string} password
 * @param {'2a' | '2b' | '2y'} [variant]
 */
export function bcryptHash(user, password, variant = '2b') {
  // bcrypt's own base64 alphabet; the last character carries two bits only
  const salt = createHash('sha256').update(user).digest('base64').replaceAll('+', '.').slice(0, 21)
  return hashSync(password, `$2b$10$${salt}O`).replace('$2b$', `$${variant}$`)
}
