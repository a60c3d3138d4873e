import type { Note, Refusal, RefusalCode } from '#shared/cleanup.ts'
import type { ErrorParams } from '#shared/errors.ts'
import type { Catalogue, CatalogueTable } from './catalogue.ts'
import { needsTemporary } from './sets.ts'
import type { Structure } from './structure.ts'
import type { Work } from './work.ts'

/** Everything that keeps this role, on this database, from doing the work; empty when it can. */
export function refusalsOf(structure: Structure, work: Work, kept: readonly string[]): readonly Refusal[] {
  const { catalogue } = structure
  const found: Refusal[] = []
  const refuse = (code: RefusalCode, params: ErrorParams = {}) => void found.push({ code, params })
  if (catalogue.readOnly) refuse('READ_ONLY')
  if (catalogue.replicaRole) refuse('REPLICA_ROLE')
  if (!catalogue.mayCreateTemporary && needsTemporary(structure)) refuse('NO_TEMPORARY_TABLES')
  if (kept.length === 0) refuse('NO_STAFF')
  const touched = new Set(work.touched)
  for (const table of work.touched) checkTouched(table, work, refuse)
  for (const { parent } of work.recreate) {
    const table = catalogue.tables.get(parent)
    if (table && !touched.has(table)) checkOwner(table, refuse)
  }
  for (const key of work.recreate) {
    const where = { table: key.child, constraint: key.name }
    if (key.disabled) refuse('CHECKS_DISABLED', where)
    if (key.temporal) refuse('TEMPORAL_KEY', where)
  }
  for (const table of readTables(catalogue, work)) {
    if (touched.has(table)) continue
    if (!table.usable) refuse('SCHEMA_CLOSED', { table: table.key, schema: table.schema })
    else if (!table.select) refuse('RIGHT_MISSING', { table: table.key, privilege: 'SELECT' })
    if (table.hidden) refuse('ROWS_HIDDEN', { table: table.key })
  }
  return found
}

/** Tables whose rows are proven unchanged: those of the search path and those that the work names. */
export function readTables(catalogue: Catalogue, work: Work): readonly CatalogueTable[] {
  const touched = new Set(work.touched)
  return [...catalogue.tables.values()].filter(
    (table) => table.kind !== 'foreign' && (table.onPath || touched.has(table)),
  )
}

type Refuse = (code: RefusalCode, params?: ErrorParams) => void

function checkOwner(table: CatalogueTable, refuse: Refuse): void {
  if (!table.owned) refuse('NOT_OWNER', { table: table.key, owner: table.owner })
}

function checkTouched(table: CatalogueTable, work: Work, refuse: Refuse): void {
  const where = { table: table.key }
  const truncated = work.truncate.includes(table)
  const deleted = work.deletes.includes(table)
  const updated = work.deactivate?.table === table || work.clears.some(({ edge }) => edge.key.child === table.key)
  if (!table.usable) refuse('SCHEMA_CLOSED', { ...where, schema: table.schema })
  checkOwner(table, refuse)
  const rights = [
    ['SELECT', true, table.select],
    ['TRUNCATE', truncated, table.truncate],
    ['DELETE', deleted, table.delete],
    ['UPDATE', updated, table.update],
  ] as const
  for (const [privilege, needed, has] of rights) if (needed && !has) refuse('RIGHT_MISSING', { ...where, privilege })
  if (table.kind === 'foreign') refuse('TABLE_NOT_PLAIN', where)
  if (table.foreignPartition && (truncated || deleted || updated)) refuse('FOREIGN_PARTITION', where)
  if (table.hidden) refuse('ROWS_HIDDEN', where)
  if ((deleted && table.rules.delete) || (updated && table.rules.update)) refuse('RULE_IN_THE_WAY', where)
  if ((deleted || updated) && table.noReplicaIdentity) refuse('NO_REPLICA_IDENTITY', where)
}

/** What a person should know beforehand although it stops nothing. */
export function notesOf(structure: Structure, work: Work, views: readonly string[]): Note[] {
  const notes: Note[] = views.map((view) => ({ code: 'staleView', params: { view } }))
  for (const table of work.touched) {
    if (table.published) notes.push({ code: 'published', params: { table: table.key } })
    if (table.primaryKey.length === 0) notes.push({ code: 'noKey', params: { table: table.key } })
  }
  if (work.triggers.length > 0) notes.push({ code: 'triggersHeld', params: { count: work.triggers.length } })
  if (work.recreate.length > 0) notes.push({ code: 'recreatedKeys', params: { count: work.recreate.length } })
  if (structure.catalogue.eventTriggers > 0)
    notes.push({ code: 'eventTriggers', params: { count: structure.catalogue.eventTriggers } })
  return notes
}
