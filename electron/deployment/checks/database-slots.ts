import { type Check, databaseExpiry, hint, measured } from '#electron/deployment/check.ts'
import { poolDefaults } from '#shared/connection.ts'
import { AppError } from '#shared/errors.ts'

interface SlotRow extends Record<string, unknown> {
  readonly most: number
  readonly reserved: number
  readonly role: number
  readonly base: number
  readonly used: number
  readonly superuser: boolean
}

const slotsSql = `
  SELECT current_setting('max_connections')::int AS most,
         current_setting('superuser_reserved_connections')::int
           + coalesce(current_setting('reserved_connections', true), '0')::int AS reserved,
         r.rolconnlimit AS role, d.datconnlimit AS base, r.rolsuper AS superuser,
         (SELECT sum(numbackends)::int FROM pg_stat_database) AS used
    FROM pg_roles r, pg_database d WHERE r.rolname = current_user AND d.datname = current_database()`

/** Whether the server has room for our pool and the backend's of the guide (20 connections) at the same time. */
export const databaseSlotsCheck: Check = {
  ...{ id: 'databaseSlots', step: 3, item: 'pool', severity: 'advised' },
  ...{ expires: databaseExpiry, signable: false, mayNotApply: false },
  async probe({ database, profile }) {
    const [row] = await database().read((transaction) => transaction.query<SlotRow>(slotsSql))
    if (!row) throw new AppError('SERVER_ERROR')
    const limits = [row.most - row.reserved, row.role, row.base].filter((limit) => limit >= 0)
    // The limits of a role and of a database do not bind a superuser.
    const room = row.superuser ? row.most : Math.min(...limits)
    const [ours, backend] = [profile.pool.max, poolDefaults.max]
    const evidence = [
      measured('slotsRoom', 'integer', room),
      measured('slotsOurs', 'integer', ours),
      measured('slotsBackend', 'integer', backend),
      measured('slotsUsed', 'integer', row.used),
    ]
    const params = { room, needed: ours + backend }
    if (room < ours) return { status: 'failed', evidence, hint: hint('slotsFew', params) }
    if (room < ours + backend) return { status: 'warning', evidence, hint: hint('slotsFew', params) }
    return { status: 'passed', evidence }
  },
}
