import { type Check, databaseExpiry, hint, measured } from '#electron/deployment/check.ts'
import { AppError } from '#shared/errors.ts'

/** Passwords that stand in the guide, in sample files and at the top of every list: whoever tries, tries them first. */
export const publishedPasswords: readonly string[] = [
  'podoskin_password_123',
  'podoskin123',
  'tu-secret-key-en-produccion-CAMBIAR',
  'your-secret-key-change-in-production',
  'CAMBIAR_EN_PRODUCCION',
  'podoskin',
  'admin',
  'admin123',
  'password',
  '12345678',
]

/** Milliseconds that the work may take: hashes are slow on purpose. */
const budget = 90_000
const mostUsers = 500

/** Whether a password is the one of a stored hash; null for a hash that nobody here can read. */
export type VerifyPassword = (password: string, hash: string) => Promise<boolean | null>

interface UserRow extends Record<string, unknown> {
  readonly name: string
  readonly hash: string | null
}

/**
 * Names the active users whose password is published. Each try is of the login's own functions, one after the other, so
 * that the window stays alive; nothing of a password is kept.
 */
export function publishedPasswordsCheck(verify: VerifyPassword, limit = budget): Check {
  return {
    ...{ id: 'publishedPasswords', step: 4, item: 'cleanup', severity: 'required' },
    ...{ expires: databaseExpiry, signable: false, mayNotApply: false },
    async probe({ database }, { signal, report }) {
      const schema = await database().schema()
      const active = schema.has('usuarios', 'activo') ? 'WHERE activo IS TRUE' : ''
      const users = await database().read((transaction) =>
        transaction.query<UserRow>(
          `SELECT nombre_usuario::text AS name, password_hash::text AS hash FROM ${schema.quoted('usuarios')} ${active}
            ORDER BY nombre_usuario LIMIT ${mostUsers + 1}`,
        ),
      )
      const ends = performance.now() + limit
      const published: string[] = []
      const unreadable: string[] = []
      let looked = 0
      for (const user of users.slice(0, mostUsers)) {
        if (performance.now() > ends) break
        const found = await tryAll(user, verify, signal)
        if (found === 'published') published.push(user.name)
        if (found === 'unreadable') unreadable.push(user.name)
        looked += 1
        report(looked / users.length)
      }
      const evidence = [
        measured('usersLooked', 'integer', looked),
        measured('passwordsTried', 'integer', publishedPasswords.length),
        measured('publishedUsers', 'list', published),
        ...(unreadable.length > 0 ? [measured('unreadableUsers', 'list', unreadable)] : []),
      ]
      if (published.length > 0) {
        return { status: 'failed', evidence, hint: hint('changePasswords', { count: published.length }) }
      }
      if (users.length === 0) return { status: 'notVerifiable', evidence, hint: hint('noUsers') }
      if (looked < users.length) {
        return { status: 'notVerifiable', evidence, hint: hint('usersLeft', { count: users.length - looked }) }
      }
      if (unreadable.length > 0) {
        return { status: 'warning', evidence, hint: hint('unreadableHashes', { count: unreadable.length }) }
      }
      return { status: 'passed', evidence }
    },
  }
}

async function tryAll(
  { name, hash }: UserRow,
  verify: VerifyPassword,
  signal: AbortSignal,
): Promise<'published' | 'unreadable' | 'safe'> {
  if (hash === null) return 'safe'
  // The user's own name is the other password that everybody tries.
  for (const password of [...publishedPasswords, name]) {
    if (signal.aborted) throw new AppError('CANCELLED')
    const right = await verify(password, hash)
    if (right === null) return 'unreadable'
    if (right) return 'published'
  }
  return 'safe'
}
