import { pbkdf2Sync } from 'node:crypto'
import { compareSync } from 'bcryptjs'
import { expect, test } from 'vitest'
import { bcryptHash, pbkdf2Hash } from '#scripts/clinic/passwords.js'
import { demoCredentials, hashOf, staff } from '#scripts/clinic/staff.js'

test('writes pbkdf2 as passlib does', () => {
  const hash = pbkdf2Hash('alguien', 'contraseña', 1000)
  const [, scheme, rounds, salt, checksum] = hash.split('$')
  expect([scheme, rounds]).toEqual(['pbkdf2-sha256', '1000'])
  expect(salt).toMatch(/^[A-Za-z0-9./]{22}$/)
  expect(checksum).toMatch(/^[A-Za-z0-9./]{43}$/)
  const bytes = Buffer.from(String(salt).replaceAll('.', '+'), 'base64')
  const expected = pbkdf2Sync('contraseña', bytes, 1000, 32, 'sha256')
  expect(Buffer.from(String(checksum).replaceAll('.', '+'), 'base64')).toEqual(expected)
})

test('writes bcrypt in each variant, right for the password and wrong for another', () => {
  for (const variant of ['2a', '2b', '2y'] as const) {
    const hash = bcryptHash('alguien', 'contraseña', variant)
    expect(hash).toMatch(new RegExp(`^\\$${variant}\\$10\\$[./A-Za-z0-9]{53}$`))
    const known = hash.replace('$2y$', '$2b$')
    expect(compareSync('contraseña', known)).toBe(true)
    expect(compareSync('contrasena', known)).toBe(false)
  }
})

test('offers an administrator, a receptionist and a podiatrist, all active', () => {
  expect(demoCredentials.map(({ role }) => role)).toEqual(['Admin', 'Recepcionista', 'Podologo'])
  for (const { user } of demoCredentials) {
    const member = staff.find((one) => one.user === user)
    expect(member && member.active !== false).toBe(true)
  }
})

test('gives the staff both kinds of hash', () => {
  const kinds = new Set(staff.map((member) => hashOf(member).split('$')[1]))
  expect([...kinds].sort()).toEqual(['2a', '2b', '2y', 'pbkdf2-sha256'])
})
