import type { CleanupPlan, Refusal } from '#shared/cleanup.ts'

/** What the credentials of the tables' owner put right; the rest must change in the database. */
const cured = new Set<Refusal['code']>([
  'NOT_OWNER',
  'RIGHT_MISSING',
  'SCHEMA_CLOSED',
  'ROWS_HIDDEN',
  'NO_TEMPORARY_TABLES',
])

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/** The statement that would give the role what it lacks, to be copied and run by who may; null where there is none. */
function cure({ code, params }: Refusal, { role, database }: Pick<CleanupPlan, 'role' | 'database'>): string | null {
  const table = String(params.table ?? '')
  const to = quoted(role)
  switch (code) {
    case 'NOT_OWNER':
      return `GRANT ${quoted(String(params.owner ?? ''))} TO ${to};`
    case 'RIGHT_MISSING':
      return `GRANT ${String(params.privilege ?? '')} ON TABLE ${table} TO ${to};`
    case 'SCHEMA_CLOSED':
      return `GRANT USAGE ON SCHEMA ${quoted(String(params.schema ?? ''))} TO ${to};`
    case 'ROWS_HIDDEN':
      return `ALTER ROLE ${to} BYPASSRLS;`
    case 'NO_TEMPORARY_TABLES':
      return `GRANT TEMPORARY ON DATABASE ${quoted(database)} TO ${to};`
    case 'NO_REPLICA_IDENTITY':
      return `ALTER TABLE ${table} REPLICA IDENTITY FULL;`
    default:
      return null
  }
}

/**
 * The statements that would let the role do it, each once. Who is made a member of the owner has the owner's rights:
 * what is missing on the same tables needs no statement of its own.
 */
export function curesOf(refusals: readonly Refusal[], plan: Pick<CleanupPlan, 'role' | 'database'>): readonly string[] {
  const owned = new Set(refusals.filter(({ code }) => code === 'NOT_OWNER').map(({ params }) => params.table))
  const needed = refusals.filter(({ code, params }) => code !== 'RIGHT_MISSING' || !owned.has(params.table))
  return [...new Set(needed.map((refusal) => cure(refusal, plan)))].filter((statement) => statement !== null)
}

export interface RefusalGroup {
  readonly code: Refusal['code']
  readonly refusals: readonly Refusal[]
  /** Whether asking for the owner's credentials is enough. */
  readonly cured: boolean
}

/** The refusals of a plan, alike ones together, in the order in which they were found. */
export function groupRefusals(refusals: readonly Refusal[]): readonly RefusalGroup[] {
  const groups = new Map<string, Refusal[]>()
  for (const refusal of refusals) {
    const key = `${refusal.code} ${refusal.params.owner ?? refusal.params.privilege ?? ''}`
    const group = groups.get(key)
    if (group) group.push(refusal)
    else groups.set(key, [refusal])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    return first ? [{ code: first.code, refusals: group, cured: cured.has(first.code) }] : []
  })
}

/** The role that owns most of what the connection's role does not, to be proposed when credentials are asked for. */
export function ownerOf(refusals: readonly Refusal[]): string | null {
  const counts = new Map<string, number>()
  for (const { code, params } of refusals) {
    if (code === 'NOT_OWNER' && typeof params.owner === 'string')
      counts.set(params.owner, (counts.get(params.owner) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null
}

/** Whether the connection's own role would be refused, but another one need not be. */
export function needsOwner({ refusals }: Pick<CleanupPlan, 'refusals'>): boolean {
  return refusals.some(({ code }) => cured.has(code))
}

/** What stands in the way whoever runs it. */
export function lastingRefusals({ refusals }: Pick<CleanupPlan, 'refusals'>): readonly Refusal[] {
  return refusals.filter(({ code }) => !cured.has(code))
}
