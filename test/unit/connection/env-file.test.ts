import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { parseEnv, readEnvFile } from '#electron/connection/env-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'podoskin-env-'))
afterAll(() => rmSync(folder, { recursive: true }))
const seed = 20261124

function file(content: string | Buffer): string {
  const path = join(folder, '.env')
  writeFileSync(path, content)
  return path
}

describe('a backend’s .env', () => {
  it('of the guide gives its database', () => {
    const guide = `# Base de datos
DB_HOST=127.0.0.1
DB_PORT=5432
DB_NAME=podoskin_db
DB_USER=podoskin_user
DB_PASSWORD=podoskin_password_123
JWT_SECRET_KEY=x`
    expect(parseEnv(guide)).toEqual({
      host: '127.0.0.1',
      port: 5432,
      database: 'podoskin_db',
      user: 'podoskin_user',
      password: 'podoskin_password_123',
      variables: ['DB_HOST', 'DB_PORT', 'DB_NAME', 'DB_USER', 'DB_PASSWORD'],
    })
  })

  it('of an older installation gives the parts of its address, where the variables say nothing', () => {
    expect(parseEnv('DATABASE_URL=postgresql+asyncpg://podo:clave@db.local:6432/clinica?ssl=require')).toEqual({
      host: 'db.local',
      port: 6432,
      database: 'clinica',
      user: 'podo',
      password: 'clave',
      variables: ['DATABASE_URL'],
    })
    expect(parseEnv('DB_HOST=otro\nDATABASE_URL=postgresql://podo:clave@db.local/clinica')).toMatchObject({
      host: 'otro',
      port: null,
      password: 'clave',
      variables: ['DB_HOST', 'DATABASE_URL'],
    })
  })

  it.each([
    ['DB_PASSWORD=abc#123', 'abc#123'],
    ['DB_PASSWORD=abc # a comment', 'abc'],
    ['DB_PASSWORD=a#b c#d # a comment', 'a#b c#d'],
    [`DB_PASSWORD="with # in quotes"`, 'with # in quotes'],
    [`DB_PASSWORD='single $quoted'`, 'single $quoted'],
    ['export DB_PASSWORD=exported', 'exported'],
    ['DB_PASSWORD = spaced  ', 'spaced'],
    ['DB_PASSWORD=pa=ss=word', 'pa=ss=word'],
    [`DB_PASSWORD=it's#5`, `it's#5`],
    ['DB_PASSWORD=', null],
    ['#DB_PASSWORD=commented', null],
    ['DB_PASSWORD=first\nDB_PASSWORD=last', 'last'],
    ['DB_PASSWORD=contraseña🦶\r\nDB_HOST=x\r\n', 'contraseña🦶'],
  ])('is read as the backend reads it: %s', (text, password) => {
    expect(parseEnv(text).password).toBe(password)
  })

  it.each(['0', '65536', '5432x', '-1', '5.5', ''])('has no port when it says «%s»', (port) => {
    expect(parseEnv(`DB_PORT=${port}`).port).toBeNull()
  })

  it('may be UTF-8 with a mark, UTF-16 or Windows-1252', async () => {
    const text = 'DB_PASSWORD=contraseña\r\n'
    for (const bytes of [
      Buffer.from(`\uFEFF${text}`),
      Buffer.from(`\uFEFF${text}`, 'utf16le'),
      Buffer.from(text, 'latin1'),
    ]) {
      expect(parseEnv(await readEnvFile(file(bytes))).password).toBe('contraseña')
    }
  })

  it('is refused when it is missing, a folder, or too large to be one', async () => {
    await expect(readEnvFile(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(readEnvFile(folder)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const large = file(Buffer.alloc(300_000, 'A'))
    await expect(readEnvFile(large)).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' })
  })

  it('never crashes and never hangs, whatever it holds', () => {
    const lines = fc.array(
      fc.oneof(
        fc.string(),
        fc.tuple(fc.constantFrom('DB_PASSWORD', 'DB_HOST', 'DATABASE_URL'), fc.string()).map((pair) => pair.join('=')),
        fc.constantFrom('DATABASE_URL=postgresql://', 'DATABASE_URL=postgres://@:/', `DB_USER='`, 'DB_USER="\\n'),
      ),
    )
    fc.assert(
      fc.property(lines, (text) => {
        const start = performance.now()
        parseEnv(text.join('\n'))
        expect(performance.now() - start).toBeLessThan(500)
      }),
      { seed, numRuns: 500 },
    )
    const start = performance.now()
    parseEnv(`DATABASE_URL=postgresql://${'a:@'.repeat(60_000)}`)
    parseEnv(`DB_PASSWORD=${'# '.repeat(60_000)}x`)
    parseEnv(`DB_PASSWORD=${' '.repeat(100_000)}x`)
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
