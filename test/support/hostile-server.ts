import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

/**
 * How a server answers one statement. `start` stands for the start-up message, `password` for what a client says to be
 * let in. Undefined: as a clinic would.
 */
export type Behaviour = (statement: string, reply: Reply) => boolean | undefined

export interface Reply {
  send(...messages: readonly Buffer[]): void
  /** Sends what `next` makes until the client leaves, as fast as it takes it. */
  flood(next: () => Buffer): void
  /** One byte at a time, `pause` milliseconds apart. */
  drip(message: Buffer, pause: number): void
  /** Whether the connection is in a transaction, as ReadyForQuery tells it. */
  ready(): Buffer
}

export interface HostileServer {
  readonly host: string
  readonly port: number
  /** Everything that clients sent, as text. */
  said(): string
  /** How many bytes left for clients. */
  sent(): number
  behave(behaviour: Behaviour): void
  close(): Promise<void>
}

/** A PostgreSQL server of version 3 of the protocol that is a small clinic until it is told to misbehave. */
export async function startHostileServer(host = '127.0.0.1'): Promise<HostileServer> {
  const sockets = new Set<Socket>()
  let behaviour: Behaviour = () => undefined
  let heard = ''
  let bytes = 0

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    const send = (message: Buffer) => {
      bytes += message.length
      return socket.writable && socket.write(message)
    }
    const state = { transaction: false }
    const reply: Reply = {
      send: (...messages) => void send(Buffer.concat(messages)),
      ready: () => ready(state.transaction ? 'T' : 'I'),
      flood(next) {
        const more = () => {
          while (socket.writable && send(next()));
        }
        socket.on('drain', more)
        more()
      },
      drip(message, pause) {
        let at = 0
        const timer = setInterval(() => {
          if (!socket.writable || at >= message.length) return clearInterval(timer)
          send(message.subarray(at, ++at))
        }, pause)
        socket.on('close', () => clearInterval(timer))
      },
    }
    follow(socket, {
      heard: (text) => {
        heard += text
      },
      answer: (statement) => {
        if (/^BEGIN/.test(statement)) state.transaction = true
        if (/^(COMMIT|ROLLBACK)/.test(statement)) state.transaction = false
        if (behaviour(statement, reply) !== true) reply.send(...asClinic(statement), reply.ready())
      },
    })
  })
  server.listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    ...{ host, port: address.port },
    said: () => heard,
    sent: () => bytes,
    behave(next) {
      behaviour = next
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Reads what a client says, one statement at a time. */
function follow(socket: Socket, listener: { heard(text: string): void; answer(statement: string): void }): void {
  let waiting = Buffer.alloc(0)
  let started = false
  let parsed = ''
  socket.on('data', (chunk) => {
    waiting = Buffer.concat([waiting, chunk])
    listener.heard(chunk.toString('latin1'))
    for (;;) {
      const header = started ? 1 : 0
      if (waiting.length < header + 4) return
      const length = header + waiting.readUInt32BE(header)
      if (waiting.length < length) return
      const type = started ? String.fromCharCode(waiting[0] ?? 0) : ''
      const body = waiting.subarray(header + 4, length)
      waiting = waiting.subarray(length)
      if (!started && body.readUInt32BE(0) === 80_877_103) {
        socket.write('N')
        continue
      }
      if (!started) {
        started = true
        listener.answer('start')
      }
      if (type === 'p') listener.answer('password')
      if (type === 'Q') listener.answer(body.subarray(0, -1).toString())
      // Parse: the name of the prepared statement, then its text.
      if (type === 'P') parsed = body.subarray(body.indexOf(0) + 1, body.indexOf(0, body.indexOf(0) + 1)).toString()
      if (type === 'S') listener.answer(parsed)
    }
  })
}

/** Types as a server names them in the description of its rows. */
export const oid = {
  bool: 16,
  int8: 20,
  int4: 23,
  text: 25,
  json: 114,
  textArray: 1009,
  numeric: 1700,
  timestamp: 1114,
}
type Kind = keyof typeof oid

export function message(type: string, ...parts: readonly (Buffer | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)))
  const head = Buffer.alloc(5)
  head.write(type, 0, 'latin1')
  head.writeUInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

export const ready = (status: string) => message('Z', status)
export const authenticated = () => message('R', int32(0))
export const done = (tag = 'SELECT 1') => message('C', `${tag}\0`)

/** The fields of an error or a notice, by their letters. */
export function fields(type: 'E' | 'N', values: Readonly<Record<string, string>>): Buffer {
  return message(type, ...Object.entries(values).map(([letter, value]) => `${letter}${value}\0`), '\0')
}

export function describeRow(columns: readonly (readonly [name: string, kind: Kind])[]): Buffer {
  const parts = columns.map(([name, kind]) =>
    Buffer.concat([Buffer.from(`${name}\0`), int32(0), int16(0), int32(oid[kind]), int16(-1), int32(-1), int16(0)]),
  )
  return message('T', int16(columns.length), ...parts)
}

export function row(values: readonly (string | null)[]): Buffer {
  const parts = values.map((value) => {
    const bytes = Buffer.from(value ?? '')
    return Buffer.concat([int32(value === null ? -1 : bytes.length), bytes])
  })
  return message('D', int16(values.length), ...parts)
}

/** A whole answer: its columns, its rows, its end. */
export function table(
  columns: readonly (readonly [name: string, kind: Kind])[],
  rows: readonly (readonly (string | null)[])[],
): Buffer {
  return Buffer.concat([describeRow(columns), ...rows.map(row), done(`SELECT ${rows.length}`)])
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value & 0xffff)
  return bytes
}

const tables = {
  usuarios: ['id', 'nombre_usuario', 'password_hash', 'nombre_completo', 'email', 'activo', 'rol', 'ultimo_login'],
  pacientes: ['id', 'primer_nombre'],
  citas: ['id', 'id_paciente', 'fecha_hora_inicio', 'fecha_hora_fin'],
}

/** What a small clinic says of itself; nothing to every other question. */
function asClinic(statement: string): Buffer[] {
  if (statement === 'start' || statement === 'password') return [authenticated(), message('K', int32(7), int32(7))]
  if (/pg_backend_pid\(\) AS pid$/.test(statement)) return [table([['pid', 'int4']], [['7']])]
  if (statement.includes('server_version_num')) {
    return [
      table(
        [
          ['version', 'int4'],
          ['path', 'textArray'],
        ],
        [['180000', '{public}']],
      ),
    ]
  }
  if (statement.includes('a.attnotnull AS "notNull"')) {
    const columns = (['schema', 'table', 'name', 'type'] as const).map((name) => [name, 'text'] as const)
    const rows = Object.entries(tables).flatMap(([name, list]) =>
      list.map((column, at) => ['public', name, column, 'text', 'f', String(at + 1), 't']),
    )
    return [table([...columns, ['notNull', 'bool'], ['number', 'int4'], ['readable', 'bool']], rows)]
  }
  const word = /^\s*(\w+)/.exec(statement)?.[1]?.toUpperCase() ?? ''
  return word === 'SELECT' || word === 'WITH' ? [describeRow([]), done('SELECT 0')] : [done(word)]
}
