import bcrypt from 'bcryptjs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkPassword, dummyHash, formOf, type PasswordHash, readHash } from '#electron/session/password-hash.ts'
import vectors from './passlib-vectors.json' with { type: 'json' }

const seed = 20261124

function read(stored: string): PasswordHash {
  const hash = readHash(stored)
  if (!hash) throw new Error('the vector was refused')
  return hash
}

/** A password that differs within what bcrypt reads. */
const wrong = (password: string) => `!${password.slice(1)}`

describe('a password hash', () => {
  it.each(vectors.map(({ password, hash }) => [hash.slice(0, 24), password.slice(0, 20), password, hash]))(
    'made by passlib is known: %s of «%s»',
    async (_form, _start, password, stored) => {
      const hash = read(stored)
      expect(await checkPassword(password, hash)).toBe(true)
      expect(await checkPassword(wrong(password), hash)).toBe(false)
    },
  )

  it('tells the last of 72 bytes and, with bcrypt, nothing after', async () => {
    const hash = read(await bcrypt.hash('x'.repeat(72), 4))
    expect(await checkPassword(`${'x'.repeat(71)}y`, hash)).toBe(false)
    expect(await checkPassword(`${'x'.repeat(72)}y`, hash)).toBe(true)
  })

  it.each([
    '',
    'contraseña',
    'md5aab3238922bcc25a6f606eb525ffdc56',
    '$pbkdf2-sha256$29000$c2FsdA',
    '$pbkdf2-sha256$29000$c2FsdA$short',
    '$pbkdf2-sha256$029000$c2FsdA$cps5VA3lFyncYNd6xEScCfUmgQXj826bd.hZQ69/tkY',
    '$pbkdf2-sha256$0$c2FsdA$cps5VA3lFyncYNd6xEScCfUmgQXj826bd.hZQ69/tkY',
    '$pbkdf2-sha256$1000001$c2FsdA$cps5VA3lFyncYNd6xEScCfUmgQXj826bd.hZQ69/tkY',
    '$pbkdf2-sha256$9999999999$c2FsdA$cps5VA3lFyncYNd6xEScCfUmgQXj826bd.hZQ69/tkY',
    '$pbkdf2-sha256$29000$c2Fsd$cps5VA3lFyncYNd6xEScCfUmgQXj826bd.hZQ69/tkY',
    '$pbkdf2-sha512$29000$c2FsdA$cps5VA3lFyncYNd6xEScCfUmgQXj826bd.hZQ69/tkY',
    '$2b$16$N9qo8uLOickgx2ZMRZoMyeKi8gtyV0NMQX.aBC1morMht6PvNMrU6',
    '$2b$31$N9qo8uLOickgx2ZMRZoMyeKi8gtyV0NMQX.aBC1morMht6PvNMrU6',
    '$2b$03$N9qo8uLOickgx2ZMRZoMyeKi8gtyV0NMQX.aBC1morMht6PvNMrU6',
    '$2x$12$N9qo8uLOickgx2ZMRZoMyeKi8gtyV0NMQX.aBC1morMht6PvNMrU6',
    '$2b$12$N9qo8uLOickgx2ZMRZoMyeKi8gtyV0NMQX.aBC1morMht6PvNMrU',
    '$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA',
  ])('that is damaged, unknown or absurd is refused unread: «%s»', (stored) => {
    expect(readHash(stored)).toBeNull()
  })

  it('is never crashed or held up by what the column holds', async () => {
    const alphabet = fc.constantFrom(...'$./2abyxpbkdf-sh0159AZ=+ ñ\0')
    const pieces = fc.array(
      fc.oneof(fc.constant('$pbkdf2-sha256$'), fc.constant('$2b$04$'), fc.string({ unit: alphabet })),
    )
    const salt = fc.string({ unit: fc.constantFrom(...'./AZaz09'), maxLength: 30 })
    const checksum = fc.string({ unit: fc.constantFrom(...'./AZaz09'), minLength: 43, maxLength: 43 })
    const near = fc
      .tuple(fc.nat(20_000), salt, checksum)
      .map(([rounds, text, sum]) => `$pbkdf2-sha256$${rounds}$${text}$${sum}`)
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          pieces.map((parts) => parts.join('')),
          near,
        ),
        fc.string({ unit: 'binary' }),
        async (stored, password) => {
          const start = performance.now()
          const hash = readHash(stored)
          if (hash) await checkPassword(password, hash)
          expect(performance.now() - start).toBeLessThan(1000)
        },
      ),
      { seed, numRuns: 300 },
    )
  })

  it('has a dummy of the same form that no password fits', async () => {
    for (const form of [
      { kind: 'pbkdf2-sha256', rounds: 29_000 },
      { kind: 'bcrypt', cost: 4 },
    ] as const) {
      expect(formOf(dummyHash(form))).toEqual(form)
      expect(await checkPassword('', dummyHash(form))).toBe(false)
      expect(await checkPassword('contraseña', dummyHash(form))).toBe(false)
    }
  })
})
