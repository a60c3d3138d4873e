import { lookup } from 'node:dns/promises'
import { connect, isIP, type Socket } from 'node:net'
import type { ProfileFields } from '#shared/connection.ts'
import { type Finding, failed, type Probe, passed, patience, placeOf, profileOf } from './probe.ts'

/** PostgreSQL's SSLRequest: length 8, code 80877103. */
export const sslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f])

/** Whether a profile is there at all. */
export const probeProfile: Probe = async ({ reach }) =>
  reach === null ? failed('noProfile') : passed('fine', placeOf(reach.profile))

/** Whether the name of the server leads to an address. */
export const probeName: Probe = async (scene) => {
  const { host } = profileOf(scene)
  if (host.startsWith('/')) return passed('localSocket', { host })
  if (isIP(host) !== 0) return passed('fine', { host })
  try {
    const { address } = await within(lookup(host))
    return passed('resolved', { host, address })
  } catch {
    return failed('hostNotFound', { host })
  }
}

/** Whether the port takes a call: a refusal comes at once, a firewall lets one wait. */
export const probePort: Probe = async (scene) => {
  const profile = profileOf(scene)
  const { host, port } = profile
  const { socket, code } = await dial(profile)
  socket?.destroy()
  return socket ? passed('portOpen', { host, port }) : refusal(code, { host, port })
}

/** What it means that nobody took the call. */
function refusal(code: string, facts: { readonly host: string; readonly port: number }): Finding {
  if (code === 'ETIMEDOUT') return failed('portTimeout', facts)
  if (code === 'ECONNREFUSED' || code === 'ENOENT' || code === 'ECONNRESET') return failed('portRefused', facts)
  return failed('networkUnreachable', facts)
}

/** Whether what listens there is PostgreSQL. It is asked for TLS, which it answers before any login. */
export const probeProtocol: Probe = async (scene) => {
  const profile = profileOf(scene)
  const facts = { host: profile.host, port: profile.port }
  const { socket, code } = await dial(profile)
  if (!socket) return refusal(code, facts)
  const answer = await askForTls(socket)
  socket.destroy()
  if (answer === 'silent') return failed('silentServer', facts)
  return answer === 'other' ? failed('notPostgres', facts) : passed('postgres', facts)
}

/** Opens a socket to the server of a profile; gives up after `patience` with `ETIMEDOUT`. */
export function dial({
  host,
  port,
}: Pick<ProfileFields, 'host' | 'port'>): Promise<{ socket: Socket | null; code: string }> {
  return new Promise((resolve) => {
    const where = host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port }
    const socket = connect(where)
    const timer = setTimeout(() => end(null, 'ETIMEDOUT'), patience)
    const end = (answer: Socket | null, code: string) => {
      clearTimeout(timer)
      socket.removeAllListeners()
      socket.on('error', () => undefined)
      if (answer === null) socket.destroy()
      resolve({ socket: answer, code })
    }
    socket.once('connect', () => end(socket, ''))
    socket.once('error', (error: NodeJS.ErrnoException) => end(null, error.code ?? ''))
  })
}

/** What a server says when it is asked for TLS: yes, no, something else, or nothing within `patience`. */
export function askForTls(socket: Socket): Promise<'yes' | 'no' | 'other' | 'silent'> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => end('silent'), patience)
    const end = (answer: 'yes' | 'no' | 'other' | 'silent') => {
      clearTimeout(timer)
      socket.removeAllListeners('data')
      socket.removeAllListeners('close')
      resolve(answer)
    }
    socket.once('close', () => end('silent'))
    socket.once('data', (data) => {
      socket.pause()
      // An error (E) instead of an answer is PostgreSQL too, or what stands before it.
      end(data[0] === 0x53 ? 'yes' : data[0] === 0x4e || data[0] === 0x45 ? 'no' : 'other')
    })
    socket.write(sslRequest)
  })
}

async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('late')), patience)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
