import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePostgresUrl } from '#electron/postgres-url.ts'

const seed = 20261124

describe('a database’s address', () => {
  const part = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text.trim() !== '')

  it('comes back whole when it was written as addresses are', () => {
    fc.assert(
      fc.property(part, part, part, fc.integer({ min: 1, max: 65_535 }), (user, password, database, port) => {
        const url = `postgresql+psycopg://${encodeURIComponent(user)}:${encodeURIComponent(password)}@db-1.example:${port}/${encodeURIComponent(database)}?sslmode=require`
        expect(parsePostgresUrl(url)).toEqual({ user, password, database, port: String(port), host: 'db-1.example' })
      }),
      { seed },
    )
  })

  it.each([
    ['postgres://u:p@ss:w/rd#1@host/db', { user: 'u', password: 'p@ss:w/rd#1', host: 'host', database: 'db' }],
    ['postgresql://u:100%@host:5433/db', { password: '100%', port: '5433' }],
    ['postgresql://u:p@[::1]:5433/db', { host: '::1', port: '5433' }],
    ['postgresql://host/db', { host: 'host', user: null, password: null }],
    ['postgresql:///db', { host: null, database: 'db' }],
    ['postgresql://u@host', { user: 'u', database: null, port: null }],
  ])('may be written by hand: %s', (url, parts) => {
    expect(parsePostgresUrl(url)).toMatchObject(parts)
  })

  it.each(['', 'mysql://u:p@h/db', 'sqlite:///x.db', 'http://h', 'postgresql:/h/db'])('is none: «%s»', (url) => {
    expect(parsePostgresUrl(url)).toBeNull()
  })
})
