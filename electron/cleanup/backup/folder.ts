import { randomUUID } from 'node:crypto'
import { realpath, rm, stat, writeFile } from 'node:fs/promises'
import { AppError } from '#shared/errors.ts'
import { cloudService } from './cloud.ts'
import { freeBytes, reserve } from './disk.ts'
import type { FolderCheck, FolderProblem } from './types.ts'
import { isWithin, pathsOf, thisWorld, upwards, type World } from './world.ts'

export interface FolderNeeds {
  /** Bytes that must fit; the size of the tables on the server is an upper estimate for a compressed copy of them. */
  readonly bytes: number
  /** The program's own folders: its data and where it is installed. */
  readonly application: readonly string[]
}

/**
 * Whether backups may be kept in a folder, and why not: it is not there, goes to a cloud, is emptied by the system, is the
 * program's or the system's own, cannot be written to, or is too full. A link counts as where it leads to, too.
 */
export async function checkFolder(
  folder: string,
  needs: FolderNeeds,
  world: World = thisWorld(),
): Promise<FolderCheck> {
  const refuse = (problem: FolderProblem, more: Partial<FolderCheck> = {}): FolderCheck => ({
    ...{ free: null, problem, service: null },
    ...more,
  })
  if (!pathsOf(world).isAbsolute(folder)) return refuse('missing')
  const found = await stat(folder).catch(() => null)
  if (found === null) return refuse('missing')
  if (!found.isDirectory()) return refuse('notAFolder')
  const places = [folder, await realpath(folder).catch(() => folder)]
  const free = await freeBytes(folder)
  for (const place of places) {
    const service = cloudService(world, place)
    if (service !== null) return refuse('cloud', { free, service })
  }
  const rule = places.map((place) => kindOf(world, place, needs.application)).find((kind) => kind !== null)
  if (rule) return refuse(rule, { free })
  if (!(await writable(folder, world))) return refuse('notWritable', { free })
  if (free !== null && free < needs.bytes + reserve) return refuse('noRoom', { free })
  return { free, problem: null, service: null }
}

/** Throws `BACKUP_FOLDER_REFUSED` (reason, service) where `checkFolder` finds a problem. */
export async function assertFolder(folder: string, needs: FolderNeeds, world: World = thisWorld()): Promise<void> {
  const { problem, service } = await checkFolder(folder, needs, world)
  if (problem === null) return
  throw new AppError('BACKUP_FOLDER_REFUSED', { reason: problem, ...(service === null ? {} : { service }) })
}

const unixSystem = ['/bin', '/boot', '/dev', '/etc', '/lib', '/lib64', '/proc', '/run', '/sbin', '/sys', '/usr']
const macSystem = ['/System', '/Library', '/Applications', '/private/etc']
const unixTemporary = ['/tmp', '/var/tmp', '/dev/shm', '/private/tmp', '/private/var/tmp', '/private/var/folders']
const bins = /^(\$Recycle\.Bin|\.Trash(es|-\d+)?|Trash)$/i

/** What a place is by the rules of its system; null for a place like any other. */
export function kindOf(world: World, folder: string, application: readonly string[]): FolderProblem | null {
  const { env, platform } = world
  const within = (parents: readonly (string | undefined)[]) => parents.some((parent) => isWithin(world, folder, parent))
  const windows = platform === 'win32'
  const windowsTemporary = env.SystemRoot ? [`${env.SystemRoot}\\Temp`] : []
  if (within([world.temporary, env.TEMP, env.TMP, env.TMPDIR, ...(windows ? windowsTemporary : unixTemporary)]))
    return 'temporary'
  if (upwards(world, folder).some((each) => bins.test(pathsOf(world).basename(each)))) return 'temporary'
  if (within(application)) return 'application'
  if (windows) {
    const own = [env.SystemRoot, env.ProgramFiles, env['ProgramFiles(x86)'], env.ProgramW6432, env.ProgramData]
    return within(own) ? 'system' : null
  }
  // Where Linux desktops put disks that a person plugged in.
  if (within(['/run/media'])) return null
  const system = platform === 'darwin' ? [...unixSystem, ...macSystem] : unixSystem
  return folder === '/' || within(system) ? 'system' : null
}

/** Windows answers questions about rights wrongly: only writing tells. */
async function writable(folder: string, world: World): Promise<boolean> {
  const probe = pathsOf(world).join(folder, `.podoskin-${randomUUID()}`)
  try {
    await writeFile(probe, '', { flag: 'wx', mode: 0o600 })
    await rm(probe)
    return true
  } catch {
    return false
  }
}
