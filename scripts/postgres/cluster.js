import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

/**
 * @typedef {object} Cluster
 * @property {import('./binaries.js').Version} version
 * @property {string} data PostgreSQL's data folder
 * @property {import('./binaries.js').Binaries} programs
 * @property {import('./account.js').Account | null} account
 */

/**
 * How a server program is started: by whom, and with English messages, which are read.
 * @param {import('./account.js').Account | null} account
 */
export const runAs = (account) => ({
  ...(account ? { uid: account.uid, gid: account.gid } : {}),
  env: { ...process.env, LC_ALL: 'C', ...(account ? { HOME: account.home } : {}) },
})

/** @param {import('./binaries.js').Version} version */
function locale(version) {
  if (version >= 17) return ['--locale', 'C', '--locale-provider', 'icu', '--icu-locale', 'es-MX']
  return ['--locale', process.platform === 'linux' ? 'C.UTF-8' : process.platform === 'darwin' ? 'en_US.UTF-8' : 'C']
}

/**
 * Makes the data folder, whole or not at all.
 * @param {Cluster} cluster
 * @param {string} password of the superuser
 */
export async function createCluster({ version, data, programs, account }, password) {
  const home = dirname(data)
  const unfinished = `${data}.unfinished`
  const secret = join(home, `.${randomBytes(6).toString('hex')}`)
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { mode: 0o700 })
  writeFileSync(secret, password, { mode: 0o600 })
  if (account) for (const path of [unfinished, secret]) chownSync(path, account.uid, account.gid)
  try {
    await promisify(execFile)(
      programs.initdb,
      [
        ...['-D', unfinished, '-U', 'postgres', '--pwfile', secret, '--auth', 'scram-sha-256'],
        ...['--encoding', 'UTF8', '--lc-messages', 'C', '--no-sync', '--no-instructions', ...locale(version)],
      ],
      { ...runAs(account), cwd: home, windowsHide: true },
    )
  } finally {
    rmSync(secret, { force: true })
  }
  renameSync(unfinished, data)
}

/**
 * Copies the certificate to where the server may read it and nobody else; returns the settings that name it.
 * @param {Cluster} cluster
 * @param {{ certificate: string, key: string, ca?: string }} files
 */
export function placeCertificate({ data, account }, files) {
  /** @type {Record<string, string>} */
  const named = { ssl: 'on', ssl_min_protocol_version: 'TLSv1.2' }
  const parts = { ssl_cert_file: files.certificate, ssl_key_file: files.key, ssl_ca_file: files.ca }
  for (const [setting, source] of Object.entries(parts)) {
    if (!source) continue
    const copy = join(data, `${setting}.pem`)
    copyFileSync(source, copy)
    chmodSync(copy, 0o600)
    if (account) chownSync(copy, account.uid, account.gid)
    named[setting] = `${setting}.pem`
  }
  return named
}
