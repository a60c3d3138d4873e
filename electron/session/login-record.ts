import type { Database } from '#electron/database/database.ts'
import type { Log } from '#electron/log.ts'
import { AppError } from '#shared/errors.ts'

const noted = { statementTimeout: 5_000, lockTimeout: 2_000 }

/**
 * Returns what writes `usuarios.ultimo_login` in the clinic's local time, where the column exists and the
 * role may. It never fails and nobody waits for it: a read-only role still logs in.
 */
export function createLoginRecord({ zone, log }: { zone: () => string; log: Log }) {
  const refused = new WeakSet<Database>()

  return async (database: Database, userId: string): Promise<void> => {
    if (refused.has(database)) return
    try {
      const schema = await database.schema()
      const column = schema.table('usuarios')?.columns.get('ultimo_login')
      if (!column) return
      const withZone = column.type.includes('with time zone')
      const now = withZone ? 'now()' : 'now() AT TIME ZONE $2'
      const sql = `UPDATE ${schema.quoted('usuarios')} SET ultimo_login = ${now} WHERE id::text = $1`
      const parameters = withZone ? [userId] : [userId, zone()]
      await database.write((transaction) => transaction.query(sql, parameters), noted)
    } catch (error) {
      const code = error instanceof AppError ? error.code : 'INTERNAL'
      if (code === 'PRIVILEGE_MISSING' || code === 'READ_ONLY_SERVER') refused.add(database)
      log.warn('session.loginNotRecorded', { code })
    }
  }
}
