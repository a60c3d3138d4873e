import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { Encrypter } from 'age-encryption'
import { afterAll, expect, test } from 'vitest'
import { loadingScript, memberText, names, readme } from '#electron/cleanup/backup/layout.ts'
import type { BackupTable, Manifest, TableHead } from '#electron/cleanup/backup/manifest.ts'
import { readBackup } from '#electron/cleanup/backup/reader.ts'
import { sign } from '#electron/cleanup/backup/signed.ts'
import { encodeHeader, endOfTar, padding } from '#electron/cleanup/backup/tar.ts'
import { AppError } from '#shared/errors.ts'

// The attack: somebody hands a clinic a file made by hand, with every digest right, and asks to restore it.

const folder = mkdtempSync(join(tmpdir(), 'podoskin-hostile-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Member = readonly [name: string, content: Buffer]

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const head = { format: 1 as const, id: '6f1c2a4e-8f0e-4b8a-9c55-0d1f9f3f7b21', createdAt: '2026-11-24T12:00:00.000Z' }
const app = { name: 'x', version: '1' }
const table: TableHead = {
  ...{ key: 'public.pacientes', schema: 'public', name: 'pacientes', columns: ['id'], role: 'deleted', keyColumns: [] },
}
const rows = Buffer.from('1\n2\n')
const place = 'tables/00001-public.pacientes'

function tar(members: readonly Member[]): Buffer {
  return Buffer.concat(
    members.flatMap(([name, content]) => [
      encodeHeader({ name, size: content.length, time: 1 }),
      content,
      Buffer.alloc(padding(content.length)),
    ]),
  )
}

/** A whole file, right in everything but what `change` did to its members. */
function forge(
  change: (members: Member[]) => Member[] = (members) => members,
  proven: Partial<BackupTable> = {},
): Buffer {
  const tables: BackupTable[] = [{ ...table, rows: 2, bytes: rows.length, sha256: sha256(rows), members: 1, ...proven }]
  const before = tar(
    change([
      [names.readme, Buffer.from(readme)],
      [names.head, Buffer.from(JSON.stringify({ ...head, app }))],
      [`${place}/table.json`, Buffer.from(JSON.stringify(table))],
      [`${place}/0000001.copy.gz`, gzipSync(rows)],
      [names.loading, Buffer.from(loadingScript(tables))],
    ]),
  )
  const manifest: Manifest = {
    ...{ ...head, app, server: { host: '', port: 1, version: '' }, database: '', schema: null, environment: '' },
    ...{ planHash: '', encoding: 'UTF8', structure: null, fingerprints: null, counts: {}, tables },
    content: { bytes: before.length, sha256: sha256(before) },
  }
  return Buffer.concat([before, tar([[names.manifest, sign(manifest)]]), endOfTar])
}

async function outcome(bytes: Buffer, passphrase?: string): Promise<string> {
  const file = join(folder, 'file.podoskin-backup')
  writeFileSync(file, bytes)
  return readBackup(file, passphrase === undefined ? null : { passphrase }).then(
    () => 'read',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  )
}

/** The members with one of them, by name, replaced. */
const replace =
  (name: string, ...by: Member[]) =>
  (members: Member[]) =>
    members.flatMap((member) => (member[0] === name ? by : [member]))
const first = `${place}/0000001.copy.gz`
const described = (other: Partial<TableHead>) =>
  replace(`${place}/table.json`, [`${place}/table.json`, Buffer.from(JSON.stringify({ ...table, ...other }))])

test('the forger’s tool makes files that are read, so that each refusal below has one cause', async () => {
  expect(await outcome(forge())).toBe('read')
})

test('a bomb is refused at two mebibytes, whatever it holds', async () => {
  const before = process.memoryUsage.rss()
  expect(await outcome(forge(replace(first, [first, gzipSync(Buffer.alloc(200 * memberText))])))).toBe(
    'BACKUP_TOO_LARGE',
  )
  expect(process.memoryUsage.rss() - before).toBeLessThan(600 * 1024 * 1024)
})

test.each<[string, Buffer, string]>([
  [
    'a member that says it is huge',
    forge((all) => all).fill(encodeHeader({ name: names.readme, size: 2 ** 33 - 1, time: 1 }), 0, 512),
    'BACKUP_TOO_LARGE',
  ],
  [
    'a name that leaves the folder',
    forge(replace(first, ['tables/../../../etc/passwd', gzipSync(rows)])),
    'BACKUP_DAMAGED',
  ],
  ['an absolute name', forge(replace(names.loading, ['/etc/passwd', Buffer.alloc(0)])), 'BACKUP_DAMAGED'],
  ['members in another order', forge(replace(first, [`${place}/0000002.copy.gz`, gzipSync(rows)])), 'BACKUP_DAMAGED'],
  ['a member twice', forge(replace(first, [first, gzipSync(rows)], [first, gzipSync(rows)])), 'BACKUP_DAMAGED'],
  ['an empty member', forge(replace(first, [first, gzipSync('')])), 'BACKUP_DAMAGED'],
  ['a member that is no gzip', forge(replace(first, [first, rows])), 'BACKUP_DAMAGED'],
  ['a member cut short', forge(replace(first, [first, gzipSync(rows).subarray(0, 12)])), 'BACKUP_DAMAGED'],
  ['a foreign name for the table', forge(described({ name: 'usuarios' })), 'BACKUP_DAMAGED'],
  ['a column more', forge(described({ columns: ['id', 'password_hash'] })), 'BACKUP_DAMAGED'],
  ['a field nobody knows', forge(described({ evil: 1 } as Partial<TableHead>)), 'BACKUP_DAMAGED'],
  [
    'commands of its own',
    forge(replace(names.loading, [names.loading, Buffer.from('\\! rm -rf ~\n')])),
    'BACKUP_DAMAGED',
  ],
  ['something nobody knows', forge((all) => [...all, ['extra', Buffer.alloc(0)]]), 'BACKUP_DAMAGED'],
  ['no beginning', forge((all) => all.slice(1)), 'BACKUP_UNKNOWN_FORMAT'],
  ['a newer format', forge(replace(names.head, [names.head, Buffer.from('{"format": 2}')])), 'BACKUP_UNKNOWN_FORMAT'],
  ['other rows than it counts', forge(undefined, { rows: 3 }), 'BACKUP_DAMAGED'],
  ['another digest of its rows', forge(undefined, { sha256: sha256(Buffer.from('x')) }), 'BACKUP_DAMAGED'],
  ['more members than it has', forge(undefined, { members: 2 }), 'BACKUP_DAMAGED'],
])('%s is refused', async (_what, bytes, code) => {
  expect(await outcome(bytes)).toBe(code)
})

test('a passphrase that costs four gigabytes is refused before it is computed', async () => {
  const encrypter = new Encrypter()
  encrypter.setPassphrase('correct horse battery staple')
  encrypter.setScryptWorkFactor(10)
  const sealed = Buffer.from(await encrypter.encrypt(forge()))
  expect(await outcome(sealed, 'correct horse battery staple')).toBe('read')
  const costly = Buffer.from(sealed.toString('latin1').replace(/^(-> scrypt \S+ )10$/m, '$122'), 'latin1')
  const started = performance.now()
  expect(await outcome(costly, 'correct horse battery staple')).toBe('BACKUP_TOO_LARGE')
  expect(performance.now() - started).toBeLessThan(1_000)
})
