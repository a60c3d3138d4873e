// What a server may do to the app that only tests a connection; `test/security/hostile-server.spec.ts` runs them all.
import * as hostile from './hostile-server.ts'

const { message, fields, describeRow, row, table, done } = hostile
const patient = 'Ximena-Zavala-CURP-ZAVX900101'
/** Script that a server puts into its words. */
export const script = `<img src=x onerror="document.title='${patient}'">`
/** An error or notice full of both. */
export const hint = { S: 'ERROR', V: 'ERROR', M: `${script}`, D: patient, H: script, W: patient, q: patient }

export type Attack = readonly [
  what: string,
  codes: RegExp,
  behaviour: (server: hostile.HostileServer) => hostile.Behaviour,
]

/** Misbehaves at one statement and is a clinic otherwise. */
export const at =
  (moment: RegExp | 'start', act: (reply: hostile.Reply) => void): Attack[2] =>
  () =>
  (statement, reply) => {
    if (moment === 'start' ? statement !== 'start' : !moment.test(statement)) return undefined
    act(reply)
    return true
  }
const catalogue = /attnotnull/
const settings = /server_version_num/

export const megabyte = 'x'.repeat(1024 * 1024)
/** Rows of the clinic, a piece of a flood. */
export const endless = Buffer.concat(Array.from({ length: 2_000 }, () => row(['public', 'citas', patient])))
const notices = Buffer.concat(Array.from({ length: 500 }, () => fields('N', { ...hint, S: 'NOTICE', C: '00000' })))

/** What each may end with. All of them happen before anybody is logged in, when a person tests a connection. */
export const attacks: readonly Attack[] = [
  ['never lets in', /^CONNECTION_TIMEOUT$/, at('start', () => undefined)],
  ['lets in and never gets ready', /^CONNECTION_TIMEOUT$/, at('start', (reply) => reply.send(hostile.authenticated()))],
  ['one byte at a time', /^CONNECTION_TIMEOUT$/, at('start', (reply) => reply.drip(notices, 200))],
  [
    'notices without end before it is ready',
    /^(SERVER_ERROR|CONNECTION_TIMEOUT)$/,
    at('start', (reply) => reply.flood(() => notices)),
  ],
  [
    'notices without end instead of an answer',
    /^(SERVER_ERROR|CONNECTION_(TIMEOUT|LOST))$/,
    at(settings, (reply) => reply.flood(() => notices)),
  ],
  [
    'rows without end',
    /^(SERVER_ERROR|CONNECTION_(TIMEOUT|LOST))$/,
    at(catalogue, (reply) => {
      reply.send(
        describeRow([
          ['schema', 'text'],
          ['table', 'text'],
          ['name', 'text'],
        ]),
      )
      reply.flood(() => endless)
    }),
  ],
  [
    'a row of a gigabyte',
    /^(SERVER_ERROR|CONNECTION_(TIMEOUT|LOST))$/,
    at(catalogue, (reply) => {
      const head = Buffer.from([0x44, 0x40, 0, 0, 0, 0, 1, 0x3f, 0xff, 0, 0])
      reply.send(describeRow([['schema', 'text']]), head)
      reply.flood(() => Buffer.from(megabyte))
    }),
  ],
  [
    'a message longer than it says',
    /^(NOT_POSTGRESQL|CONNECTION_LOST|SERVER_ERROR)$/,
    at(settings, (reply) => reply.send(Buffer.from([0x44, 0, 0, 0, 1, 9, 9, 9]), reply.ready())),
  ],
  [
    'a length of zero',
    /^(NOT_POSTGRESQL|CONNECTION_(LOST|TIMEOUT)|SERVER_ERROR)$/,
    at('start', (reply) => reply.send(Buffer.from([0x52, 0, 0, 0, 0, 0, 0, 0, 0]))),
  ],
  [
    'more fields than it sends',
    /^NOT_POSTGRESQL$/,
    at(settings, (reply) =>
      reply.send(describeRow([['version', 'int4']]), message('D', Buffer.from([0xff, 0xff, 0, 0]))),
    ),
  ],
  [
    'a row nobody asked for',
    /^(NOT_POSTGRESQL|CONNECTION_(LOST|TIMEOUT))$/,
    at('start', (reply) => reply.send(hostile.authenticated(), reply.ready(), row([patient]), reply.ready())),
  ],
  [
    'a thousand answers to one question',
    /^(NOT_POSTGRESQL|CONNECTION_(LOST|TIMEOUT)|SERVER_ERROR|NOT_A_CLINIC)$/,
    at(settings, (reply) =>
      reply.send(
        ...Array.from({ length: 1_000 }, () => Buffer.concat([table([[patient, 'text']], [[script]]), reply.ready()])),
      ),
    ),
  ],
  [
    'a message of no kind',
    /^(NOT_POSTGRESQL|CONNECTION_(LOST|TIMEOUT)|SERVER_ERROR)$/,
    at(settings, (reply) => reply.send(message('~', patient), reply.ready())),
  ],
  [
    'a COPY instead of rows',
    /^(NOT_POSTGRESQL|CONNECTION_(LOST|TIMEOUT)|SERVER_ERROR)$/,
    at(settings, (reply) =>
      reply.send(
        message('G', Buffer.from([0, 0, 0])),
        message('H', Buffer.from([0, 0, 0])),
        message('W', Buffer.from([0, 0, 0])),
      ),
    ),
  ],
  [
    'a state that no transaction has',
    /^(NOT_POSTGRESQL|CONNECTION_(LOST|TIMEOUT)|SERVER_ERROR)$/,
    at(settings, (reply) => reply.send(done(), message('Z', '~'))),
  ],
  [
    'a number that is a text',
    /^NOT_POSTGRESQL$/,
    at(settings, (reply) =>
      reply.send(
        table(
          [
            ['version', 'text'],
            ['path', 'text'],
          ],
          [[script, patient]],
        ),
        reply.ready(),
      ),
    ),
  ],
  [
    'JSON that is none',
    /^NOT_POSTGRESQL$/,
    at(settings, (reply) =>
      reply.send(
        table(
          [
            ['version', 'json'],
            ['path', 'json'],
          ],
          [['{', patient]],
        ),
        reply.ready(),
      ),
    ),
  ],
  [
    'an array a million deep',
    /^NOT_POSTGRESQL$/,
    at(settings, (reply) =>
      reply.send(
        table(
          [
            ['version', 'int4'],
            ['path', 'textArray'],
          ],
          [['180000', '{'.repeat(1_000_000)]],
        ),
        reply.ready(),
      ),
    ),
  ],
  [
    'columns that are called __proto__',
    /^NOT_POSTGRESQL$/,
    at(settings, (reply) =>
      reply.send(
        table(
          [
            ['__proto__', 'json'],
            ['constructor', 'json'],
            ['version', 'int4'],
          ],
          [['{"polluted":1}', '{"prototype":{"polluted":1}}', '180000']],
        ),
        reply.ready(),
      ),
    ),
  ],
  [
    'names that are sentences',
    /^NOT_POSTGRESQL$/,
    at(settings, (reply) =>
      reply.send(
        table(
          [
            ['version', 'int4'],
            ['path', 'textArray'],
          ],
          [['180000', `{${patient.repeat(3)}}`]],
        ),
        reply.ready(),
      ),
    ),
  ],
  [
    'a patient and a script in every field of an error',
    /^SERVER_ERROR$/,
    at(settings, (reply) =>
      reply.send(
        fields('E', {
          ...hint,
          C: '23505',
          s: patient,
          t: script,
          c: script,
          n: `${patient} ${script}`,
          d: patient,
          F: patient,
          L: '1',
          R: script,
        }),
        reply.ready(),
      ),
    ),
  ],
  [
    'an error with a code that is a sentence',
    /^SERVER_ERROR$/,
    at('start', (reply) => reply.send(fields('E', { ...hint, C: `${patient}` }))),
  ],
  [
    'a way to log in that costs hours',
    /^AUTHENTICATION_FAILED$/,
    (server) => (statement, reply) => {
      if (statement === 'start') reply.send(message('R', Buffer.from([0, 0, 0, 10]), 'SCRAM-SHA-256\0\0'))
      const nonce = [...server.said().matchAll(/,r=([\w+/=]+)/g)].at(-1)?.[1] ?? ''
      if (statement === 'password')
        reply.send(message('R', Buffer.from([0, 0, 0, 11]), `r=${nonce}x,s=AAAA,i=2147483647`))
      return statement === 'start' || statement === 'password' ? true : undefined
    },
  ],
]
