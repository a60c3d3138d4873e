import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { line, openLogFile } from '#electron/shell/log-file.ts'

const folders: string[] = []
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'podoskin-log-'))
  folders.push(made)
  return made
}
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true })
})

describe('the log file', () => {
  it('writes one line an event with its time, level and fields', () => {
    const log = openLogFile({ folder: folder() })
    log.info('call', { name: 'dashboard.load', ms: 12, outcome: 'ok' })
    log.error('page gone', { reason: 'crashed' })
    const [first, second] = readFileSync(log.file, 'utf8').split(/\r?\n/)
    expect(first).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\S+ info call name=dashboard\.load ms=12 outcome=ok$/)
    expect(second).toMatch(/ error "page gone" reason=crashed$/)
  })

  it('holds no secret that somebody logged by mistake', () => {
    const log = openLogFile({ folder: folder() })
    const secret = 'S3creta-ñandú'
    log.info('opened', { address: `postgresql://podoskin_user:${secret}@10.0.0.5:5432/podoskin_db` })
    log.info('opened', { address: `postgresql://u:a@${secret}@10.0.0.5/db` })
    log.warn('options', { password: secret, pgPassword: secret, accessToken: secret })
    log.warn('text', { text: `PGPASSWORD=${secret} psql`, json: JSON.stringify({ password: secret, host: 'x' }) })
    log.warn('text', { text: `contraseña: "${secret} con espacios"` })
    log.error('header', { header: `Authorization: Bearer ${Buffer.from(secret).toString('base64')}` })
    log.error('hash', { hash: '$pbkdf2-sha256$29000$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo' })
    log.error(`password=${secret}`)
    const written = readFileSync(log.file, 'utf8')
    expect(written).not.toContain(secret)
    expect(written).not.toContain('con espacios')
    expect(written).not.toContain(Buffer.from(secret).toString('base64'))
    expect(written).not.toContain('29000')
    expect(written).toContain('10.0.0.5:5432/podoskin_db')
  })

  it('cannot be made to write a second line', () => {
    const log = openLogFile({ folder: folder() })
    log.info('event', { text: 'a\n2026-01-01 error forged\r\nmore', tab: 'a\tb' })
    log.info('two\nlines')
    expect(readFileSync(log.file, 'utf8').trim().split(/\r?\n/)).toHaveLength(2)
  })

  it('moves a full file aside and keeps one old one', () => {
    const log = openLogFile({ folder: folder(), maxSize: 2_000 })
    for (let event = 0; event < 200; event += 1) log.info('event', { number: event })
    const files = readdirSync(join(log.file, '..')).sort()
    expect(files).toEqual(['podoskin-admin.log', 'podoskin-admin.old.log'])
    for (const file of files) expect(statSync(join(log.file, '..', file)).size).toBeLessThan(2_200)
    expect(readFileSync(log.file, 'utf8')).toContain('number=199')
  })

  it.skipIf(process.platform === 'win32')('is readable by its owner only', () => {
    const log = openLogFile({ folder: folder() })
    log.info('event')
    expect(statSync(log.file).mode & 0o077).toBe(0)
  })

  it('quotes values that hold more than a word', () => {
    expect(line('event', { a: 'uno dos', b: true, c: null, d: 'x="y"' })).toBe(
      'event a="uno dos" b=true c=null d="x=\\"y\\""',
    )
  })
})
