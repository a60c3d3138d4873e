import { describe, expect, it } from 'vitest'
import { defaultTls, fieldOf, initialForm, profileOf } from '#renderer/connection/profile-form.ts'
import { profileFieldsSchema } from '#shared/connection.ts'
import { errorCodes } from '#shared/errors.ts'

describe('a new connection', () => {
  it('starts with the defaults of the guide and of the clinic', () => {
    expect(initialForm(null, true)).toMatchObject({
      environment: 'testing',
      port: 5432,
      zone: 'America/Tijuana',
      tls: 'disable',
      pool: { warm: 5, max: 20 },
    })
  })

  it('becomes a profile of the contract once it has a name and a user, without its password', () => {
    const form = { ...initialForm(null, true), name: 'Clínica', user: 'podoskin_app', password: 'secreta' }
    const profile = profileFieldsSchema.parse(profileOf(form))
    expect(profile).toMatchObject({ caFile: null, schema: null })
    expect(JSON.stringify(profile)).not.toContain('secreta')
  })

  it.each(['localhost', '127.0.0.1', '::1', ' LOCALHOST '])('needs no encryption within this machine (%s)', (host) => {
    expect(defaultTls(host)).toBe('disable')
  })

  it.each(['10.0.0.5', 'servidor.local', 'localhost.example.com', ''])('verifies the server off it (%s)', (host) => {
    expect(defaultTls(host)).toBe('verify-full')
  })
})

describe('a failed attempt', () => {
  it('is shown beside the field that can correct it', () => {
    const field = (code: (typeof errorCodes.environment)[number]) => fieldOf({ code, params: {}, ref: 'r' })
    expect(field('HOST_NOT_FOUND')).toBe('host')
    expect(field('CONNECTION_REFUSED')).toBe('port')
    expect(field('DATABASE_NOT_FOUND')).toBe('database')
    expect(field('AUTHENTICATION_FAILED')).toBe('password')
    expect(field('TLS_WRONG_HOST')).toBe('tls')
    expect(field('SERVER_STARTING')).toBeNull()
  })

  it('names only fields that the form has', () => {
    const form = initialForm(null, false)
    for (const code of Object.values(errorCodes).flat()) {
      const field = fieldOf({ code, params: {}, ref: 'r' })
      if (field !== null) expect(form).toHaveProperty(field)
    }
  })
})
