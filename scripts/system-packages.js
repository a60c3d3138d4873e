import { readFileSync } from 'node:fs'
import process from 'node:process'
import { execute } from './process.js'
import { done, notice, SetupError, step } from './say.js'

/**
 * What Debian and Ubuntu call what we need; several names are tried, the first that exists is installed.
 * @type {Record<'run' | 'test', readonly (readonly string[])[]>}
 */
const packages = {
  run: [
    ['xvfb'],
    ['libgtk-3-0t64', 'libgtk-3-0'],
    ['libnss3'],
    ['libasound2t64', 'libasound2'],
    ['libgbm1'],
    ['libsecret-1-0'],
  ],
  test: [
    ['pgbouncer'],
    ['gnome-keyring'],
    ['dbus-daemon', 'dbus'],
    // The keyboard of the tests of the packaged program.
    ['xdotool'],
    ['openssl'],
    ['util-linux'],
    // What docs/respaldo.md opens a backup with.
    ['age'],
    ['postgresql-client'],
    // The clinic's backend that the checklist is tested against.
    ['python3-psycopg'],
    ['python3-psycopg-pool'],
    ['python3-fastapi'],
    ['python3-uvicorn'],
  ],
}

/** @param {string} name */
async function installed(name) {
  const { code, output } = await execute('dpkg', ['--status', name], { quiet: true })
  return code === 0 && /^Status: .* ok installed$/m.test(output)
}

/** @param {readonly string[]} names */
async function anyInstalled(names) {
  for (const name of names) if (await installed(name)) return true
  return false
}

/** @param {readonly string[]} names */
async function available(names) {
  for (const name of names) {
    const { output } = await execute('apt-cache', ['policy', name], { quiet: true })
    if (/Candidate: (?!\(none\))/.test(output)) return name
  }
  return names.at(-1) ?? ''
}

const debianLike = () => {
  try {
    return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false
  }
}

/**
 * Installs missing Debian packages as root, saying so; as an ordinary user it prints the command. Only the
 * libraries of the app itself are required: what tests lack makes counted skips.
 * @param {'run' | 'test'} purpose
 */
export async function installSystemPackages(purpose) {
  if (process.platform !== 'linux') return
  if (!debianLike()) {
    notice(
      'System libraries: not a Debian family system; if the window does not start, install GTK 3, NSS, ALSA and GBM.',
    )
    return
  }
  const wanted = purpose === 'test' ? [...packages.run, ...packages.test] : packages.run
  const missing = []
  for (const names of wanted) if (!(await anyInstalled(names))) missing.push(names)
  if (missing.length === 0) {
    done('System libraries: already installed')
    return
  }
  if (process.getuid?.() !== 0) {
    const names = missing.map((group) => group.at(-1))
    notice(`System libraries are missing. Run: sudo apt-get install --no-install-recommends ${names.join(' ')}`)
    return
  }
  await execute('apt-get', ['update'], { quiet: true })
  const names = await Promise.all(missing.map(available))
  step(`System libraries: apt-get install ${names.join(' ')}`)
  const { code, output } = await execute('apt-get', ['install', '-y', '--no-install-recommends', ...names], {
    quiet: true,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (code !== 0) {
    throw new SetupError(
      `apt-get could not install ${names.join(' ')}.\n${output.split('\n').slice(-8).join('\n')}`,
      'Install these packages by hand, then run this again.',
    )
  }
  done('System libraries: installed')
}
