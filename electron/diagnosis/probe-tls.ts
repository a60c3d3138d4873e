import { isIP } from 'node:net'
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls'
import { toAppError } from '#electron/database/errors.ts'
import type { DatabaseOptions } from '#electron/database/open.ts'
import { tlsOptions } from '#electron/database/tls.ts'
import { isLoopback } from '#shared/connection.ts'
import type { Facts } from '#shared/diagnosis.ts'
import { stopOf } from './attempt.ts'
import { type Finding, failed, type Probe, passed, patience, profileOf, unproven, warned } from './probe.ts'
import { askForTls, dial } from './probe-network.ts'

/** Days before its end that a certificate is worth a word. */
const soon = 21
const day = 86_400_000

/** Whether the link is protected as the profile says, and until when the server's certificate is good. */
export const probeTls: Probe = async (scene) => {
  const { host, tls } = profileOf(scene)
  if (tls === 'disable') return isLoopback(host) ? passed('tlsOff', { host }) : warned('plainLink', { host })
  const options = await scene.reach?.options().catch((error: unknown) => stopOf(error).finding)
  if (!options || 'status' in options) return options ?? failed('noProfile')
  const trusting = await shake(options, tlsOptions(options.tls) || {})
  if (trusting === 'refused') return failed('tlsNotOffered', { host })
  if (trusting === 'silent') return failed('silentServer', { host, port: options.port })
  if (trusting.error === null) return judged(trusting.certificate, options)
  // Once more without proof, only to see what the certificate says: nothing is sent over it.
  const seen = await shake(options, { rejectUnauthorized: false })
  const facts = typeof seen === 'string' ? {} : factsOf(seen.certificate)
  return refused(trusting.error, { host, ...facts })
}

function judged(certificate: PeerCertificate | null, { host, tls }: DatabaseOptions): Finding {
  const facts = { host, ...factsOf(certificate) }
  if (tls.mode === 'require') return unproven('tlsUnverified', facts)
  const until = certificate ? Date.parse(certificate.valid_to) : Number.NaN
  const days = Math.floor((until - Date.now()) / day)
  return days < soon ? warned('certificateExpiring', { ...facts, days }) : passed('tlsProven', facts)
}

function refused(error: Error, facts: Facts): Finding {
  const { host } = facts
  const mapped = toAppError(error, { host: String(host), port: 0, database: '', user: '' })
  const { finding } = stopOf(mapped)
  const from = typeof facts.from === 'string' ? Date.parse(facts.from) : Number.NaN
  const early = finding.cause === 'certificateExpired' && from > Date.now()
  return failed(early ? 'certificateNotYetValid' : (finding.cause ?? 'unexpected'), facts)
}

interface Handshake {
  readonly error: Error | null
  readonly certificate: PeerCertificate | null
}

/** A TLS handshake as PostgreSQL's clients do it; `refused` when the server has no TLS. */
async function shake(
  { host, port }: Pick<DatabaseOptions, 'host' | 'port'>,
  choice: object,
): Promise<Handshake | 'refused' | 'silent'> {
  const { socket } = await dial({ host, port })
  if (!socket) return 'silent'
  const answer = await askForTls(socket)
  if (answer !== 'yes') {
    socket.destroy()
    return answer === 'no' ? 'refused' : 'silent'
  }
  return new Promise((resolve) => {
    const secure: TLSSocket = connect({ socket, host, ...choice, ...(isIP(host) === 0 && { servername: host }) })
    const timer = setTimeout(() => end('silent'), patience)
    const end = (outcome: Handshake | 'silent') => {
      clearTimeout(timer)
      secure.removeAllListeners()
      secure.on('error', () => undefined)
      secure.destroy()
      socket.destroy()
      resolve(outcome)
    }
    secure.once('secureConnect', () => end({ error: null, certificate: secure.getPeerCertificate() }))
    secure.once('error', (error) => end({ error, certificate: null }))
  })
}

/** What stands in a certificate, short enough for a line: it comes from whoever answers. */
function factsOf(certificate: PeerCertificate | null): Facts {
  if (certificate === null || certificate.valid_to === undefined) return {}
  const clean = (text: string) => text.replace(/[^\p{L}\p{N} .,:*@_-]/gu, '').slice(0, 120)
  const names = (certificate.subjectaltname ?? String(certificate.subject?.CN ?? '')).replace(/(DNS|IP Address):/g, '')
  return {
    from: isoDay(certificate.valid_from),
    until: isoDay(certificate.valid_to),
    names: clean(names),
    issuer: clean(String(certificate.issuer?.CN ?? certificate.issuer?.O ?? '')),
  }
}

function isoDay(text: string): string {
  const at = Date.parse(text)
  return Number.isNaN(at) ? '' : new Date(at).toISOString().slice(0, 10)
}
