import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * PostgreSQL refuses to run as root. Whoever is root runs it as this system user, made once.
 * @typedef {{ uid: number, gid: number, home: string }} Account
 */

const NAME = 'podoskin-demo'

/** @returns {Account | null} */
function find() {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name, , uid, gid, , home] = line.split(':')
    if (name === NAME && uid && gid && home) return { uid: Number(uid), gid: Number(gid), home }
  }
  return null
}

/**
 * The system user that runs the servers, or null where the present user can.
 * @returns {Account | null}
 */
export function serverAccount() {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return null
  const present = find()
  if (present) return present
  try {
    execFileSync('useradd', ['--system', '--create-home', '--shell', '/usr/sbin/nologin', NAME], { stdio: 'pipe' })
  } catch (error) {
    const raced = find()
    if (raced) return raced
    throw new Error(
      `PostgreSQL does not run as root and the system user ${NAME} could not be made: ${String(error)}\n` +
        `Make it by hand (useradd --system --create-home ${NAME}) or run this as an ordinary user.`,
    )
  }
  const made = find()
  if (!made) throw new Error(`useradd made no user ${NAME}`)
  return made
}

/**
 * Whether the account may read the path and pass through every folder above it.
 * @param {Account} account
 * @param {string} path
 */
export function reaches(account, path) {
  /** @param {string} at @param {number} bits */
  const allowed = (at, bits) => {
    const { mode, uid, gid } = statSync(at)
    const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0
    return ((mode >> shift) & bits) === bits
  }
  let at = resolve(path)
  if (!allowed(at, statSync(at).isDirectory() ? 5 : 4)) return false
  while (dirname(at) !== at) {
    at = dirname(at)
    if (!allowed(at, 1)) return false
  }
  return true
}
