import type { Database, Row } from '#electron/database/database.ts'
import { quoteIdentifier } from '#electron/database/transaction.ts'
import { AppError } from '#shared/errors.ts'
import { type Finding, failed, type Probe, passed, profileOf, type Scene, skipped, unproven, warned } from './probe.ts'

/** Milliseconds for a question and its answer that a person begins to feel. */
const slowAnswer = 80
/** Free connections that are few, of so many: one in seven, and never less than two. */
const few = (usable: number) => Math.max(2, Math.floor(usable / 7))

async function inside(scene: Scene, work: (database: Database) => Promise<Finding>): Promise<Finding> {
  const { database } = await scene.attempt()
  return database === null ? skipped() : work(database)
}

interface SlotsRow extends Row {
  readonly max: number
  readonly reserved: number
  readonly used: number
  readonly limit: number
  readonly taken: number
}

/** Whether the server and the role have connections left, beside ours; -1 means that the role has no limit of its own. */
export const probeSlots: Probe = (scene) =>
  inside(scene, async (database) => {
    const [found] = await database.read((transaction) =>
      transaction.query<SlotsRow>(
        `SELECT current_setting('max_connections')::int AS max,
                current_setting('superuser_reserved_connections')::int
                  + coalesce(current_setting('reserved_connections', true)::int, 0) AS reserved,
                count(*)::int AS used, r.rolconnlimit AS limit,
                (count(*) FILTER (WHERE a.usename = current_user))::int AS taken
           FROM pg_catalog.pg_stat_activity a, pg_catalog.pg_roles r
          WHERE coalesce(a.backend_type, 'client backend') = 'client backend' AND a.datid IS NOT NULL
            AND a.pid <> pg_backend_pid() AND r.rolname = current_user GROUP BY r.rolconnlimit`,
      ),
    )
    if (!found) return unproven('notReached')
    const { max, reserved, used, limit, taken } = found
    const usable = max - reserved
    const facts = { max, reserved, used, usable, free: Math.max(0, usable - used) }
    const ownFree = limit - taken
    if (limit >= 0 && ownFree <= few(limit))
      return warned('slotsTight', { ...facts, used: taken, usable: limit, free: ownFree })
    if (used >= usable) return failed('slotsFull', facts)
    return usable - used <= few(usable) ? warned('slotsTight', facts) : passed('slotsFree', facts)
  })

/** Whether connections are held that nobody gives back. */
export const probeSessions: Probe = (scene) =>
  inside(scene, async (database) => {
    const { sessions, status, unseen, role } = await scene.lookAtSessions(database)
    const overdue = sessions.filter(({ level }) => level !== 'ok')
    const seconds = Math.round(Math.max(0, ...overdue.map((session) => session.seconds ?? 0)))
    const facts = { count: overdue.length, seconds }
    if (status === 'critical') return failed('leakedSessions', facts)
    if (status === 'warning') return warned('slowSessions', facts)
    if (status === 'notVerifiable') return unproven('sessionsHidden', { unseen, role })
    return passed('sessionsClean', { count: sessions.length })
  })

/** Whether somebody waits for somebody else. */
export const probeLocks: Probe = (scene) =>
  inside(scene, async (database) => {
    const { sessions } = await scene.lookAtSessions(database)
    const waiting = sessions.filter(({ blockedBy }) => blockedBy.length > 0)
    const first = sessions.find(({ blocks, blockedBy }) => blocks.length > 0 && blockedBy.length === 0)
    const pid = first?.pid ?? waiting[0]?.blockedBy[0] ?? 0
    return waiting.length > 0 ? failed('blockedSessions', { count: waiting.length, pid }) : passed('noLocks')
  })

/** Whether the app's own pool gives back what it takes, and has enough. */
export const probePool: Probe = async (scene) => {
  const figures = openFigures(scene)
  if (figures === null || !figures.open) return unproven('poolClosed')
  const { max, leaks, timeouts, requests, now } = figures
  if (leaks > 0) return failed('ourPoolLeaks', { count: leaks })
  if (timeouts > 0 || (now.waiting > 0 && now.total >= max)) return failed('ourPoolExhausted', { max, timeouts })
  return passed('poolClean', { count: requests, max })
}

function openFigures({ database }: Scene) {
  try {
    return database().figures()
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_CONNECTED') return null
    throw error
  }
}

/** How long a question takes there and back, the median of nine. */
export const probeSpeed: Probe = (scene) =>
  inside(scene, async (database) => {
    const times = await database.read(async (transaction) => {
      const measured: number[] = []
      for (let round = 0; round < 9; round++) {
        const start = performance.now()
        await transaction.query('SELECT 1')
        measured.push(performance.now() - start)
      }
      return measured.sort((a, b) => a - b)
    })
    const ms = Math.round((times[4] ?? 0) * 10) / 10
    return ms > slowAnswer ? warned('slowLink', { ms }) : passed('quick', { ms })
  })

/** Whether the indexes that serve the dashboard are there. */
export const probeIndexes: Probe = async (scene) => {
  const missing = await scene.missingIndexes().catch(() => null)
  if (missing === null) return unproven('indexesUnknown')
  return missing > 0 ? warned('indexesMissing', { count: missing }) : passed('indexesPresent')
}

/** Whether anybody may log in at all. Who it is, is not told before a login. */
export const probeStaff: Probe = (scene) =>
  inside(scene, async (database) => {
    const schema = await database.schema()
    const table = schema.quoted('usuarios')
    const active = schema.has('usuarios', 'activo') ? 'coalesce(activo, false)' : 'true'
    const [found] = await database.read((transaction) =>
      transaction.query<Row & { some: boolean }>(`SELECT EXISTS (SELECT FROM ${table} WHERE ${active}) AS some`),
    )
    return found?.some ? passed('staffActive') : failed('noActiveUsers', { schema: schema.name })
  })

interface DataRow extends Row {
  readonly patients: boolean
  readonly recent: boolean
}

/** Whether there is something to count: a dashboard of zeros can be the truth. */
export const probeFigures: Probe = (scene) =>
  inside(scene, async (database) => {
    const schema = await database.schema()
    const { database: name, user } = profileOf(scene)
    const tables = ['pacientes', 'citas', 'pagos'].filter((table) => schema.table(table)?.readable)
    if (!tables.includes('pacientes') || !tables.includes('citas')) {
      return failed('tablesDenied', { count: 1, table: 'pacientes', schema: schema.name, user })
    }
    const policed = await database.read((transaction) =>
      transaction.query<Row & { name: string }>(
        `SELECT c.relname::text AS name FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
          WHERE n.nspname = $1 AND c.relname = ANY ($2::text[]) AND c.relrowsecurity AND row_security_active(c.oid)
          ORDER BY 1`,
        [schema.name, tables],
      ),
    )
    if (policed[0]) return failed('rowSecurity', { table: policed[0].name, user })
    const start = schema.appointmentStart
    const recent = start === null ? 'true' : `${quoteIdentifier(start)} > now() - interval '60 days'`
    const [found] = await database.read((transaction) =>
      transaction.query<DataRow>(
        `SELECT EXISTS (SELECT FROM ${schema.quoted('pacientes')}) AS patients,
                EXISTS (SELECT FROM ${schema.quoted('citas')} WHERE ${recent}) AS recent`,
      ),
    )
    if (!found?.patients) return failed('emptyClinic', { database: name, schema: schema.name })
    return found.recent ? passed('dataThere') : warned('noRecentAppointments', { database: name })
  })
