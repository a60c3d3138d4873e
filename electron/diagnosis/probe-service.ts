import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { isLoopback } from '#shared/connection.ts'
import { failed, type Probe, passed, patience, profileOf, unproven } from './probe.ts'

/** A service of PostgreSQL as its system describes it. */
export interface Service {
  readonly name: string
  readonly running: boolean
}

interface Asking {
  readonly program: string
  readonly arguments: readonly string[]
  readonly read: (output: string) => readonly Service[]
}

/** Names that PostgreSQL's packages and installers give their services; nothing else is read from a list. */
const known = /^(?:homebrew\.mxcl\.|com\.edb\.launchd\.)?postgresql(?:[@-][\w.@-]{1,40})?$/i

/** The program of each system that knows its services: absolute, without a shell, with fixed arguments. */
export function askingOf(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): Asking | null {
  if (platform === 'linux') {
    return {
      program: '/usr/bin/systemctl',
      arguments: ['list-units', '--type=service', '--all', '--plain', '--no-legend', '--no-pager', 'postgresql*'],
      read: readSystemd,
    }
  }
  if (platform === 'darwin') return { program: '/bin/launchctl', arguments: ['list'], read: readLaunchd }
  if (platform !== 'win32') return null
  const folder = environment.SystemRoot ?? 'C:\\Windows'
  return {
    program: join(folder, 'System32', 'sc.exe'),
    arguments: ['query', 'type=', 'service', 'state=', 'all', 'bufsize=', '262144'],
    read: readWindows,
  }
}

/** `postgresql@18-main.service loaded active running PostgreSQL Cluster 18-main` */
export function readSystemd(output: string): readonly Service[] {
  const services = lines(output).flatMap((line) => {
    const [unit = '', , active, state] = line
      .replace(/^[●*]\s*/, '')
      .trim()
      .split(/\s+/)
    const name = unit.replace(/\.service$/, '')
    return known.test(name) ? [{ name, running: active === 'active', state }] : []
  })
  // Debian's `postgresql` only starts the clusters, and is active (exited) whatever becomes of them.
  const clusters = services.filter(({ state }) => state !== 'exited')
  return (clusters.length > 0 ? clusters : services).map(({ name, running }) => ({ name, running }))
}

/** `PID Status Label`; a dash for the PID is a service that does not run. */
export function readLaunchd(output: string): readonly Service[] {
  return lines(output).flatMap((line) => {
    const [pid = '-', , name = ''] = line.trim().split(/\s+/)
    return known.test(name) ? [{ name, running: pid !== '-' }] : []
  })
}

/** Blocks of `SERVICE_NAME: …` and `STATE : 4 RUNNING`: the words are translated, the numbers are not. */
export function readWindows(output: string): readonly Service[] {
  return output.split(/\r?\n\s*\r?\n/).flatMap((block) => {
    const [, name = ''] = /^[^:\r\n]+:[ \t]*(\S+)/m.exec(block.trim()) ?? []
    const numbers = [...block.matchAll(/:[ \t]*([0-9]+)[ \t]+[A-Z_]+/g)]
    // The first number is the type, the second the state: 4 runs.
    return known.test(name) ? [{ name, running: numbers[1]?.[1] === '4' }] : []
  })
}

function lines(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '')
}

/** The services of PostgreSQL on this machine; null where nobody can say. */
async function services(platform: NodeJS.Platform): Promise<readonly Service[] | null> {
  const asking = askingOf(platform, process.env)
  if (asking === null) return null
  return new Promise((resolve) => {
    execFile(
      asking.program,
      [...asking.arguments],
      { timeout: patience, maxBuffer: 4 * 1024 * 1024, windowsHide: true },
      (error, output) => resolve(error ? null : asking.read(output)),
    )
  })
}

/** Whether the service of PostgreSQL runs, where it would run on this machine. */
export const probeService: Probe = async (scene) => {
  const { host } = profileOf(scene)
  if (!isLoopback(host)) return unproven('serviceElsewhere', { host })
  const found = await services(scene.platform)
  if (found === null || found.length === 0) return unproven('serviceUnknown')
  const running = found.find((service) => service.running)
  if (running) return passed('serviceRunning', { service: running.name })
  // A server can run without a service, as one in a container does: only a port that nobody answers makes it the cause.
  const refused = scene.findings.get('port')?.status === 'failed'
  const service = found[0]?.name ?? 'postgresql'
  return refused ? failed('serviceStopped', { service }) : unproven('serviceUnknown')
}
