import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { createKeyPair } from '#electron/cleanup/backup/encryption.ts'
import { type Derive, deriveHere } from '#electron/cleanup/backup/key.ts'
import { memberText } from '#electron/cleanup/backup/layout.ts'
import type { ManifestRest, TableHead } from '#electron/cleanup/backup/manifest.ts'
import { readBackup } from '#electron/cleanup/backup/reader.ts'
import type { BackupOptions, BackupWriter, Protection, Unlock } from '#electron/cleanup/backup/types.ts'
import { createBackup } from '#electron/cleanup/backup/writer.ts'
import { AppError, type ErrorCode } from '#shared/errors.ts'

const folder = mkdtempSync(join(tmpdir(), 'podoskin-backup-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const passphrase = 'correcto caballo batería grapa'
const none: Protection = { kind: 'none' }
const rest: ManifestRest = {
  server: { host: 'localhost', port: 5432, version: '18.0' },
  ...{ database: 'clinic', schema: null, environment: 'testing', planHash: 'x', encoding: 'UTF8' },
  ...{ structure: { sequences: [['pacientes_id_seq', '7']] }, fingerprints: null, counts: { 'public.pacientes': 2 } },
}

function begin(protection: Protection, more: Partial<BackupOptions> = {}): Promise<BackupWriter> {
  return createBackup({
    ...{ folder, baseName: 'clinic', app: { name: 'test', version: '1' }, protection, expectedBytes: 0 },
    ...{ signal: new AbortController().signal, ...more },
  })
}

const head = (name: string, columns = ['id', 'nombre']): TableHead => ({
  ...{ key: `public.${name}`, schema: 'public', name, columns, role: 'deleted', keyColumns: [] },
})

async function write(tables: readonly (readonly [TableHead, Buffer | Readable])[], protection: Protection = none) {
  const writer = await begin(protection)
  const written = []
  for (const [table, text] of tables) {
    written.push(
      await writer.addTable(table, text instanceof Readable ? text : Readable.from([text], { objectMode: false })),
    )
  }
  const finished = await writer.finish(rest)
  return { writer, written, finished, file: await writer.publish() }
}

async function read(file: string, unlock: Unlock = null) {
  const texts: [string, Buffer][] = []
  const result = await readBackup(file, unlock, {
    onTable: async (table, rows) => void texts.push([table.name, await buffer(rows)]),
  })
  return { ...result, texts }
}

const refusal = (file: string, unlock: Unlock = null): Promise<ErrorCode | null> =>
  readBackup(file, unlock).then(
    () => null,
    (error: unknown) => (error instanceof AppError ? error.code : Promise.reject(error)),
  )

const text = (rows: number) =>
  Buffer.from(Array.from({ length: rows }, (_, n) => `${n}\tpaciente ${n} ñ\\n\n`).join(''))

describe('a backup', () => {
  test.each(['none', 'passphrase', 'recipient'] as const)('comes back as it was written: %s', async (kind) => {
    const pair = await createKeyPair()
    const protection: Protection =
      kind === 'none' ? none : kind === 'passphrase' ? { kind, passphrase } : { kind, recipient: pair.recipient }
    const unlock: Unlock =
      kind === 'none'
        ? null
        : kind === 'passphrase'
          ? { passphrase }
          : { identity: `# created today\r\n${pair.identity}\r\n` }
    const tables = [
      [head('pacientes'), text(60_000)],
      [head('vacía'), Buffer.alloc(0)],
      [head('citas'), text(3)],
    ] as const
    const { writer, written, finished, file } = await write(tables, protection)
    for (const key of [unlock, writer.unlock]) {
      const { manifest, texts, bytes, sha256 } = await read(file, key)
      expect(texts.map(([name]) => name)).toEqual(tables.map(([table]) => table.name))
      expect(texts.every(([, content], at) => content.equals(tables[at]?.[1] ?? Buffer.alloc(1)))).toBe(true)
      expect(manifest).toMatchObject({ ...rest, id: writer.id, tables: written })
      expect({ bytes, sha256 }).toEqual({ bytes: finished.bytes, sha256: finished.sha256 })
      expect(bytes).toBe(statSync(file).size)
    }
    expect(written.map(({ rows }) => rows)).toEqual([60_000, 0, 3])
  })

  test('has the key of a passphrase made where it is told, and once however often the file is read', async () => {
    let made = 0
    const derive: Derive = (derivation) => {
      made += 1
      return deriveHere(derivation)
    }
    const { file } = await write([[head('citas'), text(3)]], { kind: 'passphrase', passphrase, derive })
    expect(made).toBe(1)
    const { unlock, manifest } = await readBackup(file, { passphrase, derive })
    expect(made).toBe(2)
    expect((await readBackup(file, unlock)).manifest).toEqual(manifest)
    expect(made).toBe(2)
    await expect(readBackup(file, { passphrase: 'otra frase larga', derive })).rejects.toMatchObject({
      code: 'BACKUP_WRONG_KEY',
    })
  })

  test('holds any bytes, in pieces of any size, around the edges of its members', { timeout: 60_000 }, async () => {
    const edge = fc.constantFrom(0, 1, memberText - 1, memberText, memberText + 1, 2 * memberText)
    const content = fc.oneof(
      fc.uint8Array({ maxLength: 3_000 }).map((bytes) => Buffer.from(bytes)),
      fc
        .tuple(edge, fc.uint8Array({ minLength: 1, maxLength: 64 }))
        .map(([size, fill]) => Buffer.alloc(size, Buffer.from(fill))),
    )
    const cut = (bytes: Buffer, size: number) =>
      Readable.from(
        (function* () {
          for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
        })(),
      )
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((value) => value.length <= 255)
    const table = fc.record({
      content,
      name,
      columns: fc.array(name, { minLength: 1, maxLength: 4 }),
      size: fc.integer({ min: 500, max: 300_000 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(table, { maxLength: 3 }), async (tables) => {
        const { file } = await write(
          tables.map((each) => [head(each.name, each.columns), cut(each.content, each.size)]),
        )
        const { texts, manifest } = await read(file)
        rmSync(file)
        expect(texts.every(([, bytes], at) => bytes.equals(tables[at]?.content ?? Buffer.alloc(1)))).toBe(true)
        expect(texts).toHaveLength(tables.length)
        expect(manifest.tables.map(({ name: back, columns }) => [back, columns])).toEqual(
          tables.map((each) => [each.name, each.columns]),
        )
      }),
      { numRuns: 25, seed: 5 },
    )
  })

  test('is its owner’s, partial until it is published, and gone when it is abandoned', async () => {
    const writer = await begin(none)
    expect(writer.file).toMatch(/clinic-[0-9a-f]{8}\.podoskin-backup\.partial$/)
    if (process.platform !== 'win32') expect(statSync(writer.file).mode & 0o777).toBe(0o600)
    await writer.addTable(head('pacientes'), Readable.from([text(2)]))
    await expect(writer.publish()).rejects.toMatchObject({ code: 'INTERNAL' })
    await writer.abandon()
    expect(readdirSync(folder)).not.toContain(writer.file)
    const other = await begin(none)
    await other.finish(rest)
    const final = other.file.replace(/\.partial$/, '')
    writeFileSync(final, 'somebody else’s')
    await expect(other.publish()).rejects.toMatchObject({ code: 'FILE_NOT_WRITTEN' })
    expect(readFileSync(final, 'utf8')).toBe('somebody else’s')
    await other.abandon()
    rmSync(final)
  })

  test('ends with what ended its source, or with the wish to stop', async () => {
    const failing = await begin(none)
    const source = Readable.from(
      (function* () {
        yield text(10)
        throw new AppError('CONNECTION_LOST')
      })(),
    )
    await expect(failing.addTable(head('pacientes'), source)).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    await failing.abandon()
    const abort = new AbortController()
    const stopped = await begin(
      { kind: 'passphrase', passphrase },
      { signal: abort.signal, onProgress: () => abort.abort() },
    )
    const endless = new Readable({
      read() {
        this.push(text(100))
      },
    })
    await expect(stopped.addTable(head('pacientes'), endless)).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(endless.destroyed).toBe(true)
    await stopped.abandon()
    expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([])
  })

  test('is not begun with a key that encrypts nothing, in a folder that is not there, or without room', async () => {
    for (const protection of [
      { kind: 'passphrase', passphrase: 'corta' },
      { kind: 'recipient', recipient: 'age1nadie' },
    ] as const) {
      await expect(begin(protection)).rejects.toMatchObject({ code: 'BACKUP_KEY_INVALID' })
    }
    await expect(begin(none, { folder: join(folder, 'nowhere') })).rejects.toMatchObject({ code: 'FILE_NOT_WRITTEN' })
    await expect(begin(none, { expectedBytes: 1e18 })).rejects.toMatchObject({ code: 'BACKUP_DISK_FULL' })
    await expect(begin(none, { baseName: '../out' })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([])
  })
})

describe('a reader', () => {
  const small = () =>
    write([
      [head('pacientes'), text(3)],
      [head('citas'), text(2)],
    ])

  test('tells a wrong key from damage, and asks for a key', async () => {
    const { file } = await write([[head('pacientes'), text(2_000)]], { kind: 'passphrase', passphrase })
    expect(await refusal(file)).toBe('BACKUP_KEY_REQUIRED')
    expect(await refusal(file, { passphrase: `${passphrase} ` })).toBe('BACKUP_WRONG_KEY')
    expect(await refusal(file, { identity: (await createKeyPair()).identity })).toBe('BACKUP_WRONG_KEY')
    expect(await refusal(file, { identity: 'no key' })).toBe('BACKUP_KEY_INVALID')
    expect(await refusal((await small()).file, { passphrase })).toBe('BACKUP_WRONG_KEY')
    expect(await refusal(join(folder, 'nowhere'))).toBe('BACKUP_UNREADABLE')
  })

  test('takes the same letters typed in another way', async () => {
    const { file } = await write([], { kind: 'passphrase', passphrase: passphrase.normalize('NFC') })
    expect(await refusal(file, { passphrase: passphrase.normalize('NFD') })).toBeNull()
  })

  test('notices every byte that is changed, of a plain file', { timeout: 60_000 }, async () => {
    const { file } = await small()
    const good = readFileSync(file)
    const other = join(folder, 'changed')
    for (let at = 0; at < good.length; at += process.env.PODOSKIN_LONG === '1' ? 1 : 37) {
      const bad = Buffer.from(good)
      bad.writeUInt8(good.readUInt8(at) ^ (1 << (at % 8)), at)
      writeFileSync(other, bad)
      expect(await refusal(other), `byte ${at}`).toMatch(/^BACKUP_/)
    }
  })

  test('notices every byte that is changed, and every cut, of an encrypted file', { timeout: 60_000 }, async () => {
    const { file, writer } = await write([[head('pacientes'), text(20_000)]], { kind: 'passphrase', passphrase })
    const good = readFileSync(file)
    const other = join(folder, 'changed')
    for (let at = 0; at < good.length; at += Math.ceil(good.length / 60)) {
      const bad = Buffer.from(good)
      bad.writeUInt8(good.readUInt8(at) ^ (1 << (at % 8)), at)
      writeFileSync(other, bad)
      expect(await refusal(other, writer.unlock), `byte ${at}`).toMatch(
        /^BACKUP_(DAMAGED|KEY_REQUIRED|WRONG_KEY|UNKNOWN_FORMAT)$/,
      )
      writeFileSync(other, good.subarray(0, at))
      expect(await refusal(other, writer.unlock), `cut at ${at}`).toMatch(/^BACKUP_(DAMAGED|INCOMPLETE)$/)
    }
  })

  test('notices every cut, and anything behind the end', async () => {
    const { file } = await small()
    const good = readFileSync(file)
    for (const at of [0, 1, 511, 512, 513, good.length - 1025, good.length - 1024, good.length - 1]) {
      truncateSync(file, at)
      expect(await refusal(file), `cut at ${at}`).toBe('BACKUP_INCOMPLETE')
      writeFileSync(file, good)
    }
    for (const more of [Buffer.alloc(1), Buffer.alloc(512), good]) {
      writeFileSync(file, Buffer.concat([good, more]))
      expect(await refusal(file)).toBe('BACKUP_DAMAGED')
    }
  })

  test('refuses what is no backup', async () => {
    for (const [content, code] of [
      ['', 'BACKUP_INCOMPLETE'],
      ['%PDF-1.7'.repeat(1_000), 'BACKUP_UNKNOWN_FORMAT'],
      [`age-encryption.org/v1\n${'x'.repeat(200_000)}`, 'BACKUP_DAMAGED'],
    ] as const) {
      const file = join(folder, 'other')
      writeFileSync(file, content)
      expect(await refusal(file, content.startsWith('age') ? { passphrase } : null)).toBe(code)
    }
  })

  test('gives the consumer back-pressure, reads over what it leaves, and throws what it throws', async () => {
    const { file } = await write([
      [head('pacientes'), text(200_000)],
      [head('citas'), text(3)],
    ])
    const seen: string[] = []
    await readBackup(file, null, {
      async onTable(table, rows) {
        seen.push(table.name)
        if (table.name === 'pacientes') await rows[Symbol.asyncIterator]().next()
      },
    })
    expect(seen).toEqual(['pacientes', 'citas'])
    await expect(
      readBackup(file, null, { onTable: () => Promise.reject(new AppError('LOCK_TIMEOUT')) }),
    ).rejects.toMatchObject({ code: 'LOCK_TIMEOUT' })
    await expect(
      readBackup(file, null, {
        async onTable(_table, rows) {
          rows.destroy(new AppError('CANCELLED'))
          await buffer(rows)
        },
      }),
    ).rejects.toMatchObject({ code: 'CANCELLED' })
  })

  test('fails the consumer’s stream where the file fails', async () => {
    const { file } = await write([[head('pacientes'), text(200_000)]])
    truncateSync(file, statSync(file).size - 20_000)
    const consumer: unknown[] = []
    await expect(
      readBackup(file, null, {
        onTable: async (_table, rows) => void (await buffer(rows).catch((error: unknown) => consumer.push(error))),
      }),
    ).rejects.toMatchObject({ code: 'BACKUP_INCOMPLETE' })
    expect(consumer).toEqual([expect.objectContaining({ code: 'BACKUP_INCOMPLETE' })])
  })
})
