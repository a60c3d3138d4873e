import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createKeyPair } from '#electron/cleanup/backup/encryption.ts'
import type { BackupTable } from '#electron/cleanup/backup/manifest.ts'
import type { Protection } from '#electron/cleanup/backup/types.ts'
import { openDatabase } from '#electron/database/open.ts'
import { createClinic } from '#scripts/clinic/clinic.js'
import { type FreshClinic, freshClinic } from '#support/clinic.ts'
import { backUp, digests, ownFolder, tablesOf } from './setting.ts'

const programs = ['age', 'tar', 'gunzip', 'sha256sum', 'psql', 'script']
const missing = programs.filter((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0)

/** The commands of the document, in order; of those with a word behind `bash`, only that kind's. */
function commands(kind: Protection['kind']): string[] {
  const blocks = readFileSync('docs/respaldo.md', 'utf8').matchAll(/^```bash ?(\w*)\n(.*?)^```$/gms)
  return [...blocks].filter(([, only]) => only === '' || only === kind).map(([, , text = '']) => text)
}

const passphrase = 'correcto caballo batería grapa'
const folder = ownFolder()
let clinic: FreshClinic

beforeAll(async () => {
  clinic = await freshClinic()
})
afterAll(() => clinic?.drop())

describe.skipIf(missing.length > 0)(
  `docs/respaldo.md, word for word (needs ${missing.join(', ') || 'nothing more'})`,
  () => {
    test.each(['passphrase', 'recipient', 'none'] as const)(
      'brings back every row: %s',
      { timeout: 120_000 },
      async (kind) => {
        const pair = await createKeyPair()
        const protection: Protection =
          kind === 'none' ? { kind } : kind === 'recipient' ? { kind, recipient: pair.recipient } : { kind, passphrase }
        const work = join(folder, kind)
        mkdirSync(work)
        const database = await openDatabase(clinic.options)
        const tables = await tablesOf(clinic.client)
        const { file, written } = await database.write((transaction) =>
          backUp(transaction, tables, { folder: work, protection }),
        )
        await database.close()
        copyFileSync(file, join(work, 'clinica.podoskin-backup'))
        writeFileSync(join(work, 'llave.txt'), `# created: today\n# public key: ${pair.recipient}\n${pair.identity}\n`)

        const recovered = await freshClinic({ empty: true })
        try {
          await createClinic(recovered.client)
          const said = runDocument(kind, work, recovered)
          const first = written[0] as BackupTable
          expect(said).toContain(`${first.sha256}  -`)
          expect(said.split('\n')).toContain(String(first.rows))
          expect(await digests(recovered.client, tables)).toEqual(await digests(clinic.client, tables))
          const { rows } = await recovered.client.query(
            "SELECT nextval(pg_get_serial_sequence('pacientes', 'id')) > max(id) AS free FROM pacientes",
          )
          expect(rows).toEqual([{ free: true }])
        } finally {
          await recovered.drop()
        }
      },
    )
  },
)

/** What a person would see. `age` asks for the passphrase on a terminal, which `script` plays. */
function runDocument(kind: Protection['kind'], work: string, { options }: FreshClinic): string {
  const blocks = commands(kind).map((text) => text.replaceAll('clinica_recuperada', options.database))
  expect(blocks).toHaveLength(6)
  const env = {
    ...process.env,
    ...{ PGHOST: options.host, PGPORT: String(options.port), PGUSER: options.user, PGPASSWORD: options.password ?? '' },
    PATH: [process.env.PATH, '/usr/bin', '/bin'].join(delimiter),
  }
  const decrypting = blocks.shift() ?? ''
  const asked = kind === 'passphrase'
  const opened = asked
    ? spawnSync('script', ['-qec', decrypting.trim(), '/dev/null'], {
        cwd: work,
        env,
        input: `${passphrase}\n`,
        encoding: 'utf8',
      })
    : spawnSync('bash', ['-e', '-c', decrypting], { cwd: work, env, encoding: 'utf8' })
  expect(opened.status, opened.stdout + opened.stderr).toBe(0)
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['-e', '-o', 'pipefail', '-c', blocks.join('\n').replace('| head -n 3', '| sed -n 1,3p')],
    {
      ...{ cwd: work, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    },
  )
  expect(status, stdout + stderr).toBe(0)
  return stdout
}
