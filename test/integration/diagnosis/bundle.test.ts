import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import yauzl from 'yauzl'
import type { Database } from '#electron/database/database.ts'
import { openDatabase } from '#electron/database/open.ts'
import { type BundleParts, createBundle } from '#electron/diagnosis/bundle-part.ts'
import { type BackendLog, createBackendLog } from '#electron/monitoring/log.ts'
import type { ProfileFields } from '#shared/connection.ts'
import type { BundlePreview, Diagnosis } from '#shared/diagnosis.ts'
import { settingsSchema } from '#shared/settings.ts'
import { dropClinicsAfterAll, type FreshClinic, freshClinic } from '#support/clinic.ts'
import { recordedLog } from '#support/log.ts'
import { diagnose } from './setting.ts'

/** An invented patient and invented secrets, planted wherever text can stand. */
const patient = {
  name: 'Ximena',
  surname: 'Quintanilla',
  phone: '6861234567',
  mail: 'ximena@example.mx',
  note: 'onicomicosis',
}
const secrets = [
  'Secreta-7712',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqdWFuYSJ9.c2lnbmF0dXJl',
  'sk-planted-4411',
  '10.77.3.9',
]
const planted = [...Object.values(patient), ...secrets]
const sentence = `${patient.name} ${patient.surname}, ${patient.phone}, ${patient.mail}: ${patient.note}; ${secrets.join(' ')}`

const folder = mkdtempSync(join(tmpdir(), `podoskin-${patient.name}-`))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
dropClinicsAfterAll()

let clinic: FreshClinic
let database: Database
let diagnosis: Diagnosis
let backendLog: BackendLog
beforeAll(async () => {
  clinic = await freshClinic()
  // A table, a role and a column called after her, and her row.
  await clinic.client.query(`CREATE TABLE "expediente_${patient.name}" ("${patient.surname}" text, nota text)`)
  await clinic.client.query(`INSERT INTO "expediente_${patient.name}" VALUES ($1, $2)`, [patient.surname, sentence])
  database = await openDatabase({ ...clinic.options, log: recordedLog() })
  await database.read((transaction) => transaction.query(`SELECT '${patient.name}'::int`)).catch(() => undefined)
  const wrong = {
    ...clinic.options,
    database: `clinica_${patient.name}`,
    user: patient.surname,
    password: secrets[0] ?? '',
  }
  backendLog = await followedLog()
  diagnosis = await diagnose({ symptom: 'cannotLogIn', to: wrong })
})
afterAll(async () => {
  await backendLog?.close()
  await database?.close(0)
})

const pythonLog = [
  `2026-11-24 10:00:00,000 - stats.router - ERROR - ${sentence}`,
  [
    `2026-11-24 10:00:01,000 - ${patient.name}.${patient.surname} - ERROR - ${sentence}`,
    'Traceback (most recent call last):',
    `  File "/home/${patient.name}/backend/${patient.name.toLowerCase()}_${patient.surname.toLowerCase()}.py", line 12, in ver_${patient.name}`,
    `    raise ${patient.surname}Error("${sentence}")`,
    `${patient.name}.${patient.surname}Error: ${sentence}`,
    `DETAIL: Key (telefono)=(${patient.phone}) already exists. SQLSTATE ${patient.phone.slice(0, 5)}`,
  ].join('\n'),
  `INFO:     10.77.3.9:1 - "GET /pacientes/${patient.name}?telefono=${patient.phone} HTTP/1.1" 500`,
  `${patient.name} nació el 1980-03-05 10:11:12`,
  `2026-11-24 10:00:02,000 - psycopg.pool - WARNING - rolling back returned connection: <psycopg.AsyncConnection [INTRANS] (host=10.77.3.9 user=${patient.name} database=${patient.surname})>`,
]

function parts(change: Partial<BundleParts> = {}): BundleParts & { readonly saved: Buffer[] } {
  const saved: Buffer[] = []
  const logFile = join(folder, `${patient.surname}.log`)
  writeFileSync(
    logFile,
    [
      '2026-11-24T10:00:00.000+00:00 info call name=session.login ms=12 outcome=ok',
      `2026-11-24T10:00:01.000+00:00 error session.${patient.name} user=${patient.name} password=${secrets[0]} outcome=${patient.surname}`,
      `2026-11-24T10:00:02.000+00:00 warn file.damaged file="/home/${patient.name}/${patient.surname}.json" code=${patient.note}`,
      sentence,
    ].join('\n'),
  )
  const profile: ProfileFields = {
    ...{ name: `Clínica de ${patient.name}`, environment: 'production', host: '10.77.3.9', port: 5432 },
    ...{
      database: `clinica_${patient.name}`,
      user: patient.surname,
      tls: 'verify-full',
      schema: `esquema_${patient.name}`,
    },
    ...{ caFile: `/home/${patient.name}/${patient.surname}.pem`, zone: 'America/Tijuana', pool: { warm: 5, max: 20 } },
  }
  return {
    saved,
    about: () => ({
      ...{
        app: '1.0.0',
        electron: '45.0.1',
        chromium: '150.0.1',
        node: '24.1.0',
        platform: `linux 6.1.0-${patient.name} x64`,
      },
      ...{ runtime: 'official', packaged: true, logFile },
    }),
    settings: () => settingsSchema.parse({}),
    database: () => database,
    reach: () => ({ profile, options: async () => clinic.options }),
    lastDiagnosis: () => diagnosis,
    backendPackages: async () =>
      new Map([
        ['psycopg-pool', '3.2.4'],
        [patient.name, '1.0'],
        ['fastapi', sentence],
      ]),
    checklist: async () => [
      {
        ...{ id: 'poolTest', status: 'passed' },
        measured: [
          { key: 'queries', value: 20 },
          { key: 'line', value: sentence },
          { key: sentence, value: 1 },
        ],
      },
      { id: sentence, status: patient.name.toUpperCase(), measured: [] },
    ],
    backendLog: (count) => backendLog.newest(count),
    keepFile: async (_title, _ending, content) => {
      saved.push(content)
      return { saved: true, file: 'soporte.zip' }
    },
    log: recordedLog(),
    ...change,
  }
}

test('no planted patient and no planted secret is in the bundle, and what support needs is', async () => {
  Object.assign(process.env, { PODOSKIN_PLANTED: sentence })
  const given = parts()
  const { handlers } = createBundle(given)
  const preview = await handlers['diagnosis.prepareBundle'](undefined)
  delete process.env.PODOSKIN_PLANTED
  await handlers['diagnosis.saveBundle']({ id: preview.id })
  const zip = given.saved[0] ?? Buffer.alloc(0)
  const files = await unzip(zip)

  const everything = [...files].map(([name, text]) => `${name}\n${text}`).join('\n')
  for (const word of planted) {
    expect(everything.toLowerCase(), word).not.toContain(word.toLowerCase())
    expect(zip.includes(word), `${word} in the raw zip`).toBe(false)
  }
  for (const word of [clinic.options.password, clinic.name, folder, '127.0.0.1']) {
    expect(everything).not.toContain(`"${word}"`)
  }

  const json = (name: string) => JSON.parse(files.get(name) ?? 'null')
  expect(json('versions.json')).toMatchObject({
    ...{ app: '1.0.0', platform: 'linux 6.1.0 x64', backendPackages: { 'psycopg-pool': '3.2.4', fastapi: '?' } },
    server: { version: expect.stringMatching(/^18/), tls: false, knownTables: 9 },
  })
  expect(json('connection.json')).toMatchObject({
    host: 'address',
    port: 5432,
    tls: 'verify-full',
    ownAuthority: true,
    schema: 'other',
  })
  expect(json('pool.json')).toMatchObject({ open: true, leaks: 0 })
  expect(json('checklist.json')).toEqual([
    { id: 'poolTest', status: 'passed', measured: { queries: 20 } },
    { id: '?', status: '?', measured: {} },
  ])
  expect(json('diagnosis.json')).toMatchObject({
    symptom: 'cannotLogIn',
    verdict: { kind: 'found', cause: 'passwordWrong' },
  })
  const entries = (files.get('backend-log.jsonl') ?? '')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(entries).toHaveLength(pythonLog.length)
  expect(entries[0]).toMatchObject({ at: '2026-11-24T10:00:00', level: 'ERROR', logger: 'stats.router', message: null })
  expect(entries[1]).toMatchObject({ frames: ['<module-1>:12 <function-1>'], exceptions: ['<error-1>'] })
  // A line of nobody's format is an entry of its own, of which nothing is told: its date may be a birthday.
  expect(entries[3]).toMatchObject({ at: null, level: null, message: null })
  expect(entries[4]).toMatchObject({
    message: 'rolling back returned connection: <psycopg.AsyncConnection [INTRANS] …>',
  })
  expect(files.get('app-log.txt')).toContain('call name=session.login ms=12 outcome=ok')
})

test('what was shown is what is saved, to the letter, and nothing else can be', async () => {
  const given = parts()
  const { handlers } = createBundle(given)
  const shown: BundlePreview = await handlers['diagnosis.prepareBundle'](undefined)
  await handlers['diagnosis.saveBundle']({ id: shown.id })
  const files = await unzip(given.saved[0] ?? Buffer.alloc(0))
  expect([...files]).toEqual(shown.files.map(({ name, text }) => [name, text]))
  const later = await handlers['diagnosis.prepareBundle'](undefined)
  expect(later.id).not.toBe(shown.id)
  await expect(Promise.resolve().then(() => handlers['diagnosis.saveBundle']({ id: shown.id }))).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('without a connection, a log or a checklist it still says what can be said', async () => {
  const { handlers } = createBundle(
    parts({
      database: () => {
        throw new Error('closed')
      },
      reach: () => null,
      lastDiagnosis: () => null,
      backendPackages: async () => null,
      checklist: async () => null,
      backendLog: async () => null,
    }),
  )
  const { files } = await handlers['diagnosis.prepareBundle'](undefined)
  const text = (name: string) => files.find((file) => file.name === name)?.text.trim()
  expect(text('connection.json')).toBe('null')
  expect(text('backend-log.jsonl')).toBe('')
  expect(JSON.parse(text('versions.json') ?? '')).toMatchObject({ app: '1.0.0', server: null, backendPackages: null })
})

/** The planted log, chosen and followed as in Monitoreo. */
async function followedLog(): Promise<BackendLog> {
  const file = join(folder, `${patient.surname}-backend.log`)
  writeFileSync(file, `${pythonLog.join('\n')}\n`)
  const log = createBackendLog({
    ...{ file: join(folder, 'logs.json'), workerFile: null, log: recordedLog() },
    profile: () => 'p',
    chooseFiles: async () => [file],
    chooseFolder: async () => null,
    keepFile: async () => ({ saved: false }),
    language: () => 'es',
  })
  const read = new Promise<void>((done) => {
    log.onChange(({ status }) => {
      if (status === 'following') done()
    })
  })
  await log.handlers['monitoring.logChooseFiles'](undefined)
  await read
  return log
}

/** The files of a zip, by name, in their order. */
function unzip(zip: Buffer): Promise<Map<string, string>> {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(zip, { lazyEntries: true }, (error, opened) => {
      if (error) return reject(error)
      const files = new Map<string, string>()
      opened.on('error', reject)
      opened.on('end', () => resolve(files))
      opened.on('entry', (entry: yauzl.Entry) =>
        opened.openReadStream(entry, async (failure, stream) => {
          if (failure) return reject(failure)
          const chunks: Buffer[] = []
          for await (const chunk of stream) chunks.push(chunk as Buffer)
          files.set(entry.fileName, Buffer.concat(chunks).toString('utf8'))
          opened.readEntry()
        }),
      )
      opened.readEntry()
    })
  })
}
