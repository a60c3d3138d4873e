import type { Database } from '#electron/database/database.ts'
import type { ProbeId } from '#shared/diagnosis.ts'
import { type Finding, type Probe, passed, placeOf, profileOf, type Scene, skipped } from './probe.ts'

/** The steps of a login, in the server's order; TLS and the network are looked at on their own before it. */
const steps: readonly ProbeId[] = ['login', 'database', 'schema', 'privileges']

/** How the one login of the run ended, seen from one of its steps. */
async function step(scene: Scene, id: ProbeId, well: (database: Database) => Promise<Finding>): Promise<Finding> {
  const attempt = await scene.attempt()
  if (attempt.database !== null) return well(attempt.database)
  const failedAt = Math.max(0, steps.indexOf(attempt.at))
  const mine = steps.indexOf(id)
  if (mine === failedAt) return attempt.finding
  return mine < failedAt ? passed(id === 'login' ? 'loggedIn' : 'databaseOpen', placeOf(profileOf(scene))) : skipped()
}

/** Whether the server lets the role in: `pg_hba.conf`, the password, a free connection. */
export const probeLogin: Probe = (scene) =>
  step(scene, 'login', async (database) => {
    const { on, protocol } = database.link().tls
    const facts = placeOf(profileOf(scene))
    return passed('loggedIn', on && protocol !== null ? { ...facts, protocol } : facts)
  })

/** Whether the database is there and may be opened. */
export const probeDatabase: Probe = (scene) =>
  step(scene, 'database', async () => passed('databaseOpen', placeOf(profileOf(scene))))

/** Whether the clinic's tables are in it. */
export const probeSchema: Probe = (scene) =>
  step(scene, 'schema', async (database) => passed('schemaFound', { schema: (await database.schema()).name }))

/** Whether the role may read the clinic's tables. */
export const probePrivileges: Probe = (scene) =>
  step(scene, 'privileges', async (database) => {
    const schema = await database.schema()
    const { user } = profileOf(scene)
    const [found] = await database.read((transaction) =>
      transaction.query<{ count: number; first: string | null } & Record<string, unknown>>(
        `SELECT count(*)::int AS count, min(c.relname)::text AS first
           FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
          WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            AND NOT has_table_privilege(c.oid, 'SELECT')`,
        [schema.name],
      ),
    )
    const facts = { user, schema: schema.name }
    if (!found || found.count === 0) return passed('readable', facts)
    return {
      status: 'failed',
      cause: 'tablesDenied',
      note: null,
      facts: { ...facts, count: found.count, table: found.first ?? '' },
    }
  })
