import type { ProbeId, Symptom } from '#shared/diagnosis.ts'
import type { Probe } from './probe.ts'
import { probeBackend, probePackages } from './probe-backend.ts'
import {
  probeFigures,
  probeIndexes,
  probeLocks,
  probePool,
  probeSessions,
  probeSlots,
  probeSpeed,
  probeStaff,
} from './probe-inside.ts'
import { probeDatabase, probeLogin, probePrivileges, probeSchema } from './probe-login.ts'
import { probeName, probePort, probeProfile, probeProtocol } from './probe-network.ts'
import { probeService } from './probe-service.ts'
import { probeTls } from './probe-tls.ts'

export const probes: Readonly<Record<ProbeId, Probe>> = {
  profile: probeProfile,
  name: probeName,
  port: probePort,
  service: probeService,
  protocol: probeProtocol,
  tls: probeTls,
  login: probeLogin,
  database: probeDatabase,
  schema: probeSchema,
  privileges: probePrivileges,
  slots: probeSlots,
  sessions: probeSessions,
  locks: probeLocks,
  pool: probePool,
  speed: probeSpeed,
  indexes: probeIndexes,
  staff: probeStaff,
  figures: probeFigures,
  backend: probeBackend,
  packages: probePackages,
}

/** The way to the server: where one of these fails, those after it cannot be looked at. */
const way: readonly ProbeId[] = ['profile', 'name', 'port', 'protocol', 'tls', 'login', 'database', 'schema']
const wayWithService: readonly ProbeId[] = [
  'profile',
  'name',
  'port',
  'service',
  'protocol',
  'tls',
  'login',
  'database',
  'schema',
]
/** These ask something else than the server. */
const apart: ReadonlySet<ProbeId> = new Set(['service', 'pool', 'indexes', 'backend', 'packages'])

/** What is looked at for each symptom, in this order. */
export const plans: Readonly<Record<Symptom, readonly ProbeId[]>> = {
  cannotLogIn: [...wayWithService, 'privileges', 'staff'],
  refused: wayWithService,
  noAnswer: [...wayWithService, 'slots', 'locks', 'speed'],
  password: ['profile', 'name', 'port', 'protocol', 'tls', 'login'],
  certificate: ['profile', 'name', 'port', 'protocol', 'tls', 'login'],
  databaseMissing: way,
  privileges: [...way, 'privileges'],
  poolExhausted: [...way, 'slots', 'sessions', 'locks', 'pool'],
  library: ['packages', 'backend'],
  slow: [...way, 'speed', 'locks', 'sessions', 'slots', 'pool', 'indexes'],
  stuck: [...way, 'locks', 'sessions', 'pool', 'backend'],
  zeros: [...way, 'privileges', 'figures', 'backend'],
  backendDown: [...way, 'slots', 'sessions', 'packages', 'backend'],
  everything: Object.keys(probes) as ProbeId[],
}

/** Whether a probe cannot be run because the way to it is closed. */
export function isCutOff(id: ProbeId, failed: ReadonlySet<ProbeId>): boolean {
  if (failed.has('profile')) return id !== 'backend' && id !== 'packages'
  if (apart.has(id)) return false
  // A wrong certificate stops the login too, and its own probe has said why.
  return way.some((step) => step !== id && failed.has(step))
}
