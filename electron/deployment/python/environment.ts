import { access, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { namesIn, readStart } from './files.ts'

/** A Python environment as it lies on the disk; nothing of it has run. */
export interface PythonEnvironment {
  readonly root: string
  /** Its interpreter; null where there is none. */
  readonly python: string | null
  /** Folders with installed packages, in the order in which Python looks into them. */
  readonly sites: readonly string[]
}

/** The names that people give to the environment inside the backend's folder. */
export const usualVenvs = ['venv', '.venv', 'env'] as const

/**
 * The backend's own environment: the chosen one, else the usual names in its folder; on Windows `Lib\site-packages`,
 * elsewhere `lib/python3.X/site-packages`. Null when there is none. Where `pyvenv.cfg` lets it see the system's
 * packages, those come last.
 */
export async function findEnvironment(folder: string | null, venv: string | null): Promise<PythonEnvironment | null> {
  const places = venv === null ? (folder === null ? [] : usualVenvs.map((name) => join(folder, name))) : [venv]
  for (const root of places) {
    const sites = await sitesUnder(root)
    const python = await interpreterOf(root)
    if (sites.length > 0 || python !== null) return { root, python, sites: [...sites, ...(await systemSites(root))] }
  }
  return null
}

async function interpreterOf(root: string): Promise<string | null> {
  const places = [join(root, 'Scripts', 'python.exe'), join(root, 'bin', 'python'), join(root, 'bin', 'python3')]
  for (const place of places) {
    const found = await stat(place).catch(() => null)
    if (found?.isFile() && (await access(place).then(...answers))) return place
  }
  return null
}

const answers = [() => true, () => false] as const

async function sitesUnder(root: string): Promise<string[]> {
  const versions = (await namesIn(join(root, 'lib'))).filter((name) => /^python3(\.\d+)?$/.test(name))
  const places = [
    join(root, 'Lib', 'site-packages'),
    ...versions.flatMap((name) => [join(root, 'lib', name, 'site-packages'), join(root, 'lib', name, 'dist-packages')]),
  ]
  const there: string[] = []
  for (const place of places) if ((await stat(place).catch(() => null))?.isDirectory()) there.push(place)
  return there
}

/** `home` of `pyvenv.cfg` is the folder of the interpreter that made the environment. */
async function systemSites(root: string): Promise<string[]> {
  const settings = (await readStart(join(root, 'pyvenv.cfg'), 8_192)) ?? ''
  const say = (name: string) => new RegExp(`^\\s*${name}\\s*=\\s*(.+?)\\s*$`, 'im').exec(settings)?.[1]
  const home = say('home')
  if (home === undefined || say('include-system-site-packages')?.toLowerCase() !== 'true') return []
  const prefix = ['bin', 'scripts'].includes(basename(home).toLowerCase()) ? dirname(home) : home
  // Debian puts its own packages beside those of `pip install` as root.
  return [...(await sitesUnder(prefix)), ...(prefix === '/usr' ? await sitesUnder('/usr/local') : [])]
}
