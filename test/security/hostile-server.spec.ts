// Attack: the server is not what it says, or was taken over: it talks without end, lies about lengths and types, hides
// script and patients in what it says, asks for more work than it may. Hole it needs: an answer that is kept without a
// limit, an exception inside a socket event, a text of the server's that is passed on. Invariant: each is answered with
// a code within seconds, the app stays responsive and small, and no word of the server's reaches the page or the log.
import { networkInterfaces } from 'node:os'
import { expect, type OpenApp, test } from '#support/app.ts'
import * as hostile from '#support/hostile-server.ts'
import { administrator } from '#support/people.ts'

const { message, fields, describeRow, row, table, done } = hostile
const patient = 'Ximena-Zavala-CURP-ZAVX900101'
const script = `<img src=x onerror="document.title='${patient}'">`
const password = 'de-la-clínica-7f1c'
const hint = { S: 'ERROR', V: 'ERROR', M: `${script}`, D: patient, H: script, W: patient, q: patient }

const profileOf = ({ host, port }: { host: string; port: number }, more: Record<string, unknown> = {}) => ({
  ...{ name: 'Clínica', environment: 'testing', host, port, database: 'clinica', user: 'diario', tls: 'disable' },
  ...{ caFile: null, zone: 'America/Tijuana', schema: null, pool: { warm: 0, max: 2 } },
  ...more,
})

type Attack = readonly [what: string, codes: RegExp, behaviour: (server: hostile.HostileServer) => hostile.Behaviour]

/** Misbehaves at one statement and is a clinic otherwise. */
const at =
  (moment: RegExp | 'start', act: (reply: hostile.Reply) => void): Attack[2] =>
  () =>
  (statement, reply) => {
    if (moment === 'start' ? statement !== 'start' : !moment.test(statement)) return undefined
    act(reply)
    return true
  }
const catalogue = /attnotnull/
const settings = /server_version_num/
const megabyte = 'x'.repeat(1024 * 1024)
const endless = Buffer.concat(Array.from({ length: 2_000 }, () => row(['public', 'citas', patient])))
const notices = Buffer.concat(Array.from({ length: 500 }, () => fields('N', { ...hint, S: 'NOTICE', C: '00000' })))

/** What each may end with. All of them happen before anybody is logged in, when a person tests a connection. */
const attacks: readonly Attack[] = [
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

/** What the process weighs (megabytes), its garbage left aside. */
async function weight({ app }: OpenApp): Promise<number> {
  return app.evaluate(() => {
    const { setFlagsFromString } = process.getBuiltinModule('node:v8')
    setFlagsFromString('--expose-gc')
    process.getBuiltinModule('node:vm').runInNewContext('gc')()
    return process.memoryUsage().rss / 1024 / 1024
  })
}

async function polluted({ app, page }: OpenApp): Promise<unknown[]> {
  const look = () => [Reflect.get({}, 'polluted') ?? null, Object.keys(Object.prototype).length]
  return [...(await app.evaluate(look)), ...(await page.evaluate(look))]
}

test('a server that lies, floods, stalls or hides a patient in its words gets a code within seconds', async ({
  plain,
}) => {
  test.setTimeout(240_000)
  const { page, call, log } = plain
  await call('settings.read')
  const before = await weight(plain)
  const outcomes = []
  for (const [what, codes, behaviour] of attacks) {
    const server = await hostile.startHostileServer()
    server.behave(behaviour(server))
    // Beside it the page asks for something else, over and over: the slowest answer tells whether main was blocked.
    const outcome = await page.evaluate(
      async (input) => {
        const started = performance.now()
        let over = false
        let slowest = 0
        const beside = (async () => {
          while (!over) {
            const asked = performance.now()
            await window.podoskin.call('settings.read')
            slowest = Math.max(slowest, performance.now() - asked)
            await new Promise((next) => setTimeout(next, 50))
          }
        })()
        const answer = await window.podoskin.call('connection.test', input)
        over = true
        await beside
        return { answer, slowest, took: performance.now() - started }
      },
      { profile: profileOf(server), id: null, password },
    )
    outcomes.push({
      what,
      codes,
      ...outcome,
      megabytes: Math.round(server.sent() / 1024 / 1024),
      weight: await weight(plain),
    })
    await server.close()
  }
  test.info().annotations.push({
    type: 'hostile server',
    description: outcomes
      .map(
        ({ what, answer, took, slowest, megabytes }) =>
          `${what}: ${answer.error?.code} ${Math.round(took)} ms, beside ${Math.round(slowest)} ms, ${megabytes} MB sent`,
      )
      .join('\n'),
  })
  for (const { what, codes, answer, took, slowest, megabytes, weight: heavy } of outcomes) {
    expect(answer.error?.code ?? 'ok', what).toMatch(codes)
    expect(took, what).toBeLessThan(8_000)
    expect(slowest, what).toBeLessThan(3_000)
    expect(megabytes, what).toBeLessThan(64)
    expect(heavy - before, `megabytes kept after: ${what}`).toBeLessThan(150)
    expect(JSON.stringify(answer), what).not.toMatch(/Ximena|ZAVX|onerror/)
  }
  expect(await polluted(plain)).toEqual([null, 0, null, 0])
  expect(log()).not.toMatch(/Ximena|ZAVX|onerror|7f1c/)
  expect((await call('connection.state')).value).toMatchObject({ status: 'closed' })
})

test('a clinic that turns hostile after it was opened lets nobody in and tells nothing', async ({ plain }) => {
  test.setTimeout(120_000)
  const { call, log } = plain
  const server = await hostile.startHostileServer()
  const saved = await call('connection.save', { id: null, profile: profileOf(server), password, remember: false })
  const { id } = saved.value as { id: string }
  expect(await call('connection.open', { id, password })).toMatchObject({ ok: true, value: { status: 'open' } })

  const user = (hash: string) => {
    const columns = ['id', 'user_name', 'password_hash', 'full_name', 'role_name'].map(
      (name) => [name, 'text'] as const,
    )
    const flags = ['active', 'exact', 'by_name', 'by_other'].map((name) => [name, 'bool'] as const)
    return table([...columns, ...flags], [['1', 'ana', hash, script, 'Admin', 't', 't', 't', 'f']])
  }
  const people = /FROM "public"\."usuarios" u/
  const logins: readonly Attack[] = [
    [
      'an error that quotes a patient',
      /^SERVER_ERROR$/,
      at(people, (reply) => reply.send(fields('E', { ...hint, C: 'XX000', t: script }), reply.ready())),
    ],
    [
      'rows without end',
      /^(SERVER_ERROR|CONNECTION_LOST)$/,
      at(people, (reply) => {
        reply.send(
          describeRow([
            ['id', 'text'],
            ['user_name', 'text'],
            ['role_name', 'text'],
          ]),
        )
        reply.flood(() => endless)
      }),
    ],
    [
      'a hash that asks for a billion rounds',
      /^WRONG_CREDENTIALS$/,
      at(people, (reply) => reply.send(user(`$pbkdf2-sha256$1000000000$abc$${'a'.repeat(43)}`), reply.ready())),
    ],
    [
      'a hash of a megabyte',
      /^WRONG_CREDENTIALS$/,
      at(people, (reply) => reply.send(user(`$2b$12$${megabyte}`), reply.ready())),
    ],
    [
      'a bcrypt of cost 31',
      /^WRONG_CREDENTIALS$/,
      at(people, (reply) => reply.send(user(`$2b$31$${'a'.repeat(53)}`), reply.ready())),
    ],
    [
      'it ends in the middle',
      /^(CONNECTION_LOST|SERVER_STOPPED)$/,
      at(people, (reply) =>
        reply.send(fields('E', { ...hint, S: 'FATAL', V: 'FATAL', C: '57P01' }), Buffer.from([0x44])),
      ),
    ],
  ]
  for (const [what, codes, behaviour] of logins) {
    server.behave(behaviour(server))
    const started = performance.now()
    // Another name each time: five tries of one name a minute would be told to wait.
    const answer = await call('session.login', { name: `ana ${what}`, password: administrator.password })
    expect(answer.error?.code ?? 'ok', what).toMatch(codes)
    expect(JSON.stringify(answer), what).not.toMatch(/Ximena|ZAVX|onerror/)
    expect(performance.now() - started, what).toBeLessThan(15_000)
  }
  expect(await call('session.current')).toEqual({ ok: true, value: { status: 'out' } })
  expect(log()).not.toMatch(/Ximena|ZAVX|onerror|7f1c/)
  server.behave(() => undefined)
  expect((await call('connection.close')).ok).toBe(true)
  await server.close()
})

test('a readable password is refused to a server off the machine', async ({ plain: { call } }, info) => {
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((address) => address?.family === 'IPv4' && !address.internal)?.address
  info.skip(outside === undefined, 'this machine has no address but its loopback')
  const server = await hostile.startHostileServer(outside)
  server.behave((statement, reply) => {
    if (statement !== 'start') return undefined
    reply.send(message('R', Buffer.from([0, 0, 0, 3])))
    return true
  })
  const answer = await call('connection.test', { profile: profileOf(server), id: null, password })
  expect(answer.error?.code).toBe('PLAIN_PASSWORD_REFUSED')
  expect(server.said()).not.toContain('7f1c')
  await server.close()
})
