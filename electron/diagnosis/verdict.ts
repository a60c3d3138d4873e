import type { Cause, ProbeId, Verdict } from '#shared/diagnosis.ts'
import { commandsOf, commandsToProve, pageOf } from './commands.ts'
import type { Finding } from './probe.ts'

/** What says more than what comes before it: a port is refused because the service is stopped. */
const better: Readonly<Partial<Record<Cause, Cause>>> = { portRefused: 'serviceStopped' }

/** What could not be looked at and matters: what else is unknown belongs to another machine. */
const telling: ReadonlySet<string> = new Set([
  'sessionsHidden',
  'packagesUnknown',
  'backendUnknown',
  'tlsUnverified',
  'indexesUnknown',
])

/** The one thing to say of all findings: the first failure, else the first warning, else what remains unknown. */
export function verdictOf(findings: ReadonlyMap<ProbeId, Finding>, before: Cause | null): Verdict {
  const all = [...findings.values()]
  const first = all.find(({ status }) => status === 'failed') ?? all.find(({ status }) => status === 'warning')
  const wanted = first?.cause ? better[first.cause] : undefined
  const found = all.find(({ cause }) => cause !== null && cause === wanted) ?? first
  const solved = before !== null && all.every(({ cause }) => cause !== before) ? before : null
  if (found?.cause) {
    const { cause, facts } = found
    return { kind: 'found', cause, facts, commands: commandsOf(cause, facts), page: pageOf(cause), solved }
  }
  const unknown = all.find(({ status, note }) => status === 'notVerifiable' && note !== null && telling.has(note))
  if (unknown?.note) {
    const { note, facts } = unknown
    return {
      ...{ kind: 'unproven', cause: null, solved },
      page: note === 'tlsUnverified' ? 'connection' : null,
      facts: { ...facts, note },
      commands: commandsToProve(note, facts),
    }
  }
  return { kind: 'clear', cause: null, facts: {}, commands: [], page: null, solved }
}
