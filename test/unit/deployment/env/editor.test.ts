import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'dotenv'
import { afterAll, describe, expect, it } from 'vitest'
import { createEnvEditor } from '#electron/deployment/env-editor.ts'
import type { WriteEnvInput } from '#shared/deployment-env.ts'
import { recordedLog } from '#support/log.ts'
import { smallDisk } from '#support/small-disk.ts'

const root = mkdtempSync(join(tmpdir(), 'podoskin-env-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
let folders = 0

function setting(text: string | null) {
  folders += 1
  const folder = join(root, String(folders))
  mkdirSync(folder)
  const path = join(folder, '.env')
  if (text !== null) writeFileSync(path, text, { mode: 0o644 })
  const log = recordedLog()
  const target = { host: '127.0.0.1', port: 5432, database: 'podoskin_db' }
  return { folder, path, log, editor: createEnvEditor({ folder: () => folder, target: () => target, log }) }
}

const values: WriteEnvInput['values'] = {
  ...{ DB_HOST: '127.0.0.1', DB_PORT: 5432, DB_NAME: 'podoskin_db', DB_USER: 'podoskin_user' },
  ...{ PORT: 8000, DEBUG: false, ALLOWED_ORIGINS: ['https://podoskin.mx', 'https://www.podoskin.mx'] },
}
const password = 'Jx4-pQ9 #mZt7"vKc2'
const guide = `# Database
DB_HOST=127.0.0.1
DB_PORT=5432
DB_NAME=podoskin_db
DB_USER=podoskin_user
DB_PASSWORD=podoskin_password_123

# JWT
JWT_SECRET_KEY=tu-secret-key-en-produccion-CAMBIAR

# Server
PORT=8000
DEBUG=true # solo pruebas
ALLOWED_ORIGINS=https://tu-dominio.com
TWILIO_TOKEN=de-otro-servicio
`

describe('the editor of the backend’s .env', () => {
  it('turns the guide’s example into a correct file, and keeps everything else', async () => {
    const { folder, path, editor, log } = setting(guide.replaceAll('\n', '\r\n'))
    const before = await editor.read()
    expect(before.variables.find(({ name }) => name === 'DB_PASSWORD')).toMatchObject({
      value: null,
      flaws: ['default'],
    })
    const after = await editor.write({ stamp: before.stamp, values, password, newKey: true })
    expect(after.variables.flatMap(({ flaws }) => flaws)).toEqual([])
    const text = readFileSync(path, 'utf8')
    const read = parse(text)
    expect(read).toMatchObject({ DB_PASSWORD: password, DEBUG: 'false', TWILIO_TOKEN: 'de-otro-servicio' })
    expect(read.JWT_SECRET_KEY).toMatch(/^[\w-]{64}$/)
    expect(text).toContain('DEBUG=false # solo pruebas\r\n')
    expect(text.replaceAll('\r\n', '')).not.toContain('\n')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const copy = join(folder, after.copy ?? '')
    expect(readFileSync(copy, 'utf8')).toBe(guide.replaceAll('\n', '\r\n'))
    expect(statSync(copy).mode & 0o777).toBe(0o600)
    const said = JSON.stringify([before, after]) + log.text()
    for (const secret of [password, read.JWT_SECRET_KEY ?? '', 'podoskin_password_123', 'tu-secret']) {
      expect(said).not.toContain(secret)
    }
  })

  it('creates a file where there was none, with a key of its own', async () => {
    const { path, editor } = setting(null)
    const before = await editor.read()
    expect(before).toMatchObject({ exists: false, stamp: null })
    const after = await editor.write({ stamp: null, values, password, newKey: false })
    expect(after).toMatchObject({ exists: true, copy: null })
    expect(after.variables.flatMap(({ flaws }) => flaws)).toEqual([])
    expect(readFileSync(path, 'utf8')).toMatch(/^# Database\n/)
  })

  it('keeps password and key when asked to, and says the same under older names and in DATABASE_URL', async () => {
    const key = 'k7Jq2-XwP9_vRt4LmZ8cYb3NdF6hGs1AeU5oQiKx0Tz'
    const { path, editor } = setting(
      `SECRET_KEY=${key}\nDATABASE_URL=postgresql+asyncpg://viejo:Wr7-kLp2_xQz9vT@db:5433/otra?ssl=require\nCORS_ORIGINS=*\nBACKEND_PORT=1\n`,
    )
    const { stamp } = await editor.read()
    const after = await editor.write({ stamp, values, password: null, newKey: false })
    expect(after.variables.flatMap(({ flaws }) => flaws)).toEqual([])
    const read = parse(readFileSync(path, 'utf8'))
    expect(read).toMatchObject({
      SECRET_KEY: key,
      JWT_SECRET_KEY: key,
      BACKEND_PORT: '8000',
      DB_PASSWORD: 'Wr7-kLp2_xQz9vT',
    })
    expect(read.CORS_ORIGINS).toBe(read.ALLOWED_ORIGINS)
    expect(read.DATABASE_URL).toBe(
      'postgresql+asyncpg://podoskin_user:Wr7-kLp2_xQz9vT@127.0.0.1:5432/podoskin_db?ssl=require',
    )
  })

  it('overwrites nothing that was not shown, and refuses a value that nobody would read back', async () => {
    const { path, editor } = setting(guide)
    const { stamp } = await editor.read()
    writeFileSync(path, `${guide}# otra persona\n`)
    await expect(editor.write({ stamp, values, password, newKey: true })).rejects.toThrow('ENV_CHANGED')
    const now = await editor.read()
    const bad = { stamp: now.stamp, values, password: `'" #`, newKey: true }
    await expect(editor.write(bad)).rejects.toThrow('ENV_VALUE_UNWRITABLE')
    expect(readFileSync(path, 'utf8')).toBe(`${guide}# otra persona\n`)
  })

  it('leaves no half file behind when the folder refuses', async () => {
    const { folder, path, editor } = setting(guide)
    const { stamp } = await editor.read()
    // Not even root writes over a folder.
    rmSync(path)
    mkdirSync(path)
    await expect(editor.read()).rejects.toThrow('NOT_FOUND')
    await expect(editor.write({ stamp, values, password, newKey: true })).rejects.toThrow('NOT_FOUND')
    expect(readdirSync(folder)).toEqual(['.env'])
    expect(existsSync(path)).toBe(true)
  })

  it('leaves the file and no half copy of it when the disk is full', async ({ skip }) => {
    const { folder } = setting(null)
    const disk = smallDisk(folder)
    if (disk === null) return skip('only root mounts a small disk')
    try {
      const path = join(disk.path, '.env')
      writeFileSync(path, guide)
      const editor = createEnvEditor({ folder: () => disk.path, target: () => null, log: recordedLog() })
      const { stamp } = await editor.read()
      disk.fill()
      await expect(editor.write({ stamp, values, password, newKey: true })).rejects.toThrow('FILE_NOT_WRITTEN')
      expect(readFileSync(path, 'utf8')).toBe(guide)
      expect(readdirSync(disk.path).sort()).toEqual(['.env', 'rest'])
    } finally {
      disk.remove()
    }
  })

  it('writes through a link, and the file stays its owner’s', async ({ skip }) => {
    const { folder, path, editor } = setting(null)
    if (process.getuid?.() !== 0) return skip('only root gives a file away')
    const real = join(folder, 'backend.env')
    writeFileSync(real, guide)
    chownSync(real, 4242, 4243)
    symlinkSync('backend.env', path)
    const { stamp } = await editor.read()
    await editor.write({ stamp, values, password, newKey: true })
    expect(lstatSync(path).isSymbolicLink()).toBe(true)
    expect(parse(readFileSync(real, 'utf8')).DB_PASSWORD).toBe(password)
    expect(statSync(real)).toMatchObject({ uid: 4242, gid: 4243 })
    expect(statSync(real).mode & 0o777).toBe(0o600)
  })

  it('gives each copy a name of its own', async () => {
    const { folder, editor } = setting(guide)
    for (let turn = 0; turn < 3; turn++) {
      const { stamp } = await editor.read()
      await editor.write({ stamp, values, password: `${password}${turn}`, newKey: false })
    }
    expect(readdirSync(folder).filter((name) => name.startsWith('.env.anterior-'))).toHaveLength(3)
  })
})
