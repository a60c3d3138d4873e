import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { prepareDemoClinic } from './clinic/demo.js'
import { root } from './process.js'
import { done, step } from './say.js'

/**
 * @typedef {object} Demo
 * @property {string} file what `PODOSKIN_DEMO` names: the demo's connection and its users
 * @property {readonly { user: string, password: string, role: string }[]} credentials
 * @property {{ user: string, password: string }} owner of the database, whose credentials a rehearsal asks for
 * @property {string} database its name
 * @property {string} server version of PostgreSQL
 */

/**
 * Runs `work` while the demo clinic's server is up, and leaves nothing running behind.
 * @param {number} appointments
 * @param {(demo: Demo) => Promise<void>} work
 */
export async function withDemoClinic(appointments, work) {
  const folder = join(root, '.cache', 'demo')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'demo.json')
  const clinic = await prepareDemoClinic({ folder: join(folder, 'server'), appointments, log: step })
  try {
    const { profile, password, credentials } = clinic
    writeFileSync(file, JSON.stringify({ profile, password, credentials }), { mode: 0o600 })
    done(`Demo clinic: PostgreSQL on port ${profile.port}, ${appointments.toLocaleString('en')} appointments`)
    for (const { user, password: word, role } of credentials) done(`  ${role}: ${user} / ${word}`)
    await work({ file, credentials, owner: clinic.owner, database: clinic.database, server: clinic.version })
  } finally {
    rmSync(file, { force: true })
    await clinic.server.stop()
  }
}
