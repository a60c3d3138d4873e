import { join } from 'node:path'
import { namesIn, readStart } from './files.ts'

/** Installed distributions and their versions, by the normalised name (`psycopg-pool`). */
export type Packages = ReadonlyMap<string, string>

const metadata = /^(.+?)-(\d[^-]*?)(?:-py[\d.]+)?\.(dist-info|egg-info)$/

/**
 * What is installed, from the names of `*.dist-info` and `*.egg-info` and the metadata inside; nothing is executed or
 * imported. The first folder wins, as in Python.
 */
export async function readPackages(sites: readonly string[]): Promise<Packages> {
  const found = new Map<string, string>()
  for (const site of sites) {
    for (const name of await namesIn(site)) {
      const match = metadata.exec(name)
      if (!match?.[1] || !match[2]) continue
      const said = match[3] === 'dist-info' ? await versionIn(join(site, name, 'METADATA')) : null
      const key = normalised(match[1])
      if (!found.has(key)) found.set(key, said ?? match[2])
    }
  }
  return found
}

async function versionIn(path: string): Promise<string | null> {
  const text = await readStart(path, 16_384)
  return text === null ? null : (/^Version:\s*(\S{1,60})\s*$/m.exec(text)?.[1] ?? null)
}

/** PEP 503: `psycopg_pool`, `psycopg.pool` and `Psycopg-Pool` are one. */
function normalised(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase()
}

/**
 * Whether a `libpq` of the system is where psycopg's pure Python implementation would find it.
 * Places of Debian, Red Hat, Homebrew and PostgreSQL's own installer for Windows.
 */
export async function findLibpq(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): Promise<string | null> {
  for (const folder of await libraryFolders(environment, platform)) {
    const name = (await namesIn(folder)).find((one) => /^libpq(\.so\.5|\.5\.dylib|\.dll)$/i.test(one))
    if (name !== undefined) return join(folder, name)
  }
  return null
}

async function libraryFolders(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): Promise<string[]> {
  if (platform === 'win32') {
    const path = Object.entries(environment).find(([name]) => name.toLowerCase() === 'path')?.[1] ?? ''
    const base = join(environment.ProgramFiles ?? 'C:\\Program Files', 'PostgreSQL')
    const installed = (await namesIn(base)).map((version) => join(base, version, 'bin'))
    return [...path.split(';').filter(Boolean), ...installed]
  }
  if (platform === 'darwin') {
    return ['/opt/homebrew/opt/libpq/lib', '/usr/local/opt/libpq/lib', '/opt/homebrew/lib', '/usr/local/lib']
  }
  const triplets = (await namesIn('/usr/lib')).filter((name) => name.includes('-linux-'))
  return [...triplets.map((name) => join('/usr/lib', name)), '/usr/lib64', '/usr/lib', '/usr/local/lib']
}
