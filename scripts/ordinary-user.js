import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { execute, root } from './process.js'

/** @param {string} flag @param {string} name */
async function id(flag, name) {
  const { code, output } = await execute('id', [flag, name], { quiet: true })
  return code === 0 ? Number(output.trim()) : null
}

/**
 * The system user as which root runs what must not run as root: Chromium with its real sandbox.
 * @returns {Promise<{ needed: boolean, uid: number, gid: number, why: string | null }>} `needed` is false where
 *   we are an ordinary user already; `why` says what stands in the way
 */
export async function ordinaryUser() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return { needed: false, uid: 0, gid: 0, why: null }
  const uid = await id('-u', 'nobody')
  const gid = await id('-g', 'nobody')
  if (uid === null || gid === null) return { needed: true, uid: 0, gid: 0, why: 'there is no user "nobody"' }
  const reach = spawnSync(process.execPath, ['-e', `require('node:fs').readdirSync(${JSON.stringify(root)})`], {
    uid,
    gid,
    cwd: '/',
  })
  if (reach.status !== 0) return { needed: true, uid, gid, why: 'an ordinary user may not read the project folder' }
  const namespaces = spawnSync('unshare', ['--user', 'true'], { uid, gid, cwd: '/' })
  const why = namespaces.status === 0 ? null : 'user namespaces, which the sandbox needs, are not allowed here'
  return { needed: true, uid, gid, why }
}
