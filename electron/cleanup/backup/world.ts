import { existsSync, readFileSync, statSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import path from 'node:path'

/** What the rules of folders need to know of a workstation; a test brings another system's. */
export interface World {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
  readonly temporary: string
  exists(file: string): boolean
  /** The text of a small file; null when there is none. */
  read(file: string): string | null
}

const smallFile = 64 * 1024

/** The workstation this runs on. */
export function thisWorld(): World {
  return {
    ...{ platform: process.platform, env: process.env, home: homedir(), temporary: tmpdir(), exists: existsSync },
    read(file) {
      try {
        return statSync(file).size > smallFile ? null : readFileSync(file, 'utf8')
      } catch {
        return null
      }
    },
  }
}

/** The rules of paths of a world. */
export function pathsOf({ platform }: World): path.PlatformPath {
  return platform === 'win32' ? path.win32 : path.posix
}

/** Whether `folder` is `parent` or lies somewhere in it, as that system compares names. */
export function isWithin(world: World, folder: string, parent: string | undefined): boolean {
  if (parent === undefined || parent === '') return false
  const paths = pathsOf(world)
  const same = (text: string) => (world.platform === 'linux' ? text : text.toLowerCase())
  const between = paths.relative(same(paths.resolve(parent)), same(paths.resolve(folder)))
  return between !== '..' && !between.startsWith(`..${paths.sep}`) && !paths.isAbsolute(between)
}

/** The folder and all those it lies in, innermost first. */
export function upwards(world: World, folder: string): string[] {
  const paths = pathsOf(world)
  const found = [paths.resolve(folder)]
  for (let parent = paths.dirname(found[0] ?? ''); parent !== found.at(-1); parent = paths.dirname(parent))
    found.push(parent)
  return found
}
