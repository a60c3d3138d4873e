import type { PlannedTable } from '#shared/cleanup.ts'
import type { CatalogueTable, ForeignKey, UserTrigger } from './catalogue.ts'
import type { Clearing, Sets } from './sets.ts'
import { from } from './sql.ts'
import type { Member, Structure } from './structure.ts'

/** How many rows of a table there are, go, and forget something. */
export interface Counted {
  readonly rows: number | null
  readonly deleted: number
}

/** Exactly what will be done, told by counts: what loses no row is not touched. */
export interface Work {
  /** Emptied in one statement. */
  readonly truncate: readonly CatalogueTable[]
  /** Losing some of their rows. */
  readonly deletes: readonly CatalogueTable[]
  readonly clears: readonly (Clearing & { readonly rows: number })[]
  /** Dropped before and made again after from their own definitions, so that nothing cascades and nothing is slow. */
  readonly recreate: readonly ForeignKey[]
  /** User triggers switched off meanwhile: tables before their partitions, whose copies follow unless they differ. */
  readonly triggers: readonly UserTrigger[]
  /** Those, and the copies that differed from their table's: each set back to the state it had. */
  readonly restored: readonly UserTrigger[]
  /** `usuarios`, and who in it is deactivated. */
  readonly deactivate: { readonly table: CatalogueTable; readonly ids: readonly string[] } | null
  /** Every table that any statement names, in order. */
  readonly touched: readonly CatalogueTable[]
}

/** Turns the structure and its counts into the work to do. */
export function workOf(
  structure: Structure,
  counts: ReadonlyMap<string, Counted>,
  clears: Work['clears'],
  deactivate: Work['deactivate'],
): Work {
  const { members, catalogue } = structure
  const loses = (key: string) => (counts.get(key)?.deleted ?? 0) > 0
  const whole = [...members.values()].filter((member) => member.whole).map(({ table }) => table)
  const truncate = whole.some(({ key }) => loses(key)) ? whole : []
  const emptied = new Set(truncate.map(({ key }) => key))
  const deletes = [...members.values()].filter((m) => !m.whole && loses(m.table.key)).map(({ table }) => table)
  const losing = new Set([...emptied, ...deletes.map(({ key }) => key)])
  const recreate = catalogue.foreignKeys.filter(
    ({ parent, child }) => losing.has(parent) && !(emptied.has(parent) && emptied.has(child)),
  )
  const cleared = new Set(clears.map(({ edge }) => edge.key.child))
  if (deactivate) cleared.add(deactivate.table.key)
  const partly = new Set(deletes.map(({ key }) => key))
  const keys = new Set([...losing, ...cleared, ...recreate.map(({ child }) => child)])
  const touched = [...catalogue.tables.values()].filter(({ key }) => keys.has(key))
  const fires = touched.flatMap((table) =>
    heldTriggers(table, {
      truncated: emptied.has(table.key),
      deleted: partly.has(table.key),
      updated: cleared.has(table.key),
    }),
  )
  return { truncate, deletes, clears, recreate, ...holdOf(touched, fires), deactivate, touched }
}

/**
 * Which triggers to hold and to release so that none of `fires` acts. What is said to a partitioned table is heard by its
 * partitions: only copies in another state are named themselves.
 */
export function holdOf(
  touched: readonly CatalogueTable[],
  fires: readonly UserTrigger[],
): Pick<Work, 'triggers' | 'restored'> {
  const all = touched.flatMap(({ triggers }) => triggers)
  const original = (copy: UserTrigger) => {
    const table = touched.find(({ partitions }) => partitions.includes(copy.relation))
    return all.find(({ clone, name, relation }) => !clone && name === copy.name && relation === table?.key)
  }
  const differs = (trigger: UserTrigger) => trigger.clone && original(trigger)?.enabled !== trigger.enabled
  const originals = fires.filter(({ clone }) => !clone)
  const copies = fires.filter(differs)
  const follow = all.filter((trigger) => differs(trigger) && originals.some((each) => each === original(trigger)))
  return { triggers: [...originals, ...copies], restored: [...originals, ...new Set([...copies, ...follow])] }
}

/** The user triggers that would fire on what is done to a table. */
function heldTriggers(
  table: CatalogueTable,
  done: { truncated: boolean; deleted: boolean; updated: boolean },
): readonly UserTrigger[] {
  return table.triggers.filter(
    ({ enabled, onUpdate, onDelete, onTruncate }) =>
      (enabled === 'O' || enabled === 'A') &&
      ((onTruncate && done.truncated) || (onDelete && done.deleted) || ((onUpdate || onDelete) && done.updated)),
  )
}

/** How many rows a table has and loses. Rows of a set are counted in the set: to ask each row would cost its square. */
export function countSql(sets: Sets, { table, whole }: Pick<Member, 'table' | 'whole'>): string {
  const lost = whole
    ? 'count(*)'
    : sets.goes(table.key, 't') === 'false'
      ? '0'
      : `(SELECT count(*) FROM ${sets.gone(table.key)})`
  return `SELECT count(*) AS rows, ${lost} AS deleted FROM ${from(table)} t`
}

/** What a plan says of the columns a table forgets. */
export function clearedOf(clears: Work['clears'], table: CatalogueTable): PlannedTable['cleared'] {
  return clears
    .filter(({ edge }) => edge.key.child === table.key)
    .map(({ edge: { key, clears: columns }, rows }) => ({
      ...{ constraint: key.name, columns, to: key.parent, rows },
      follow: table.columns.filter(({ name }) => columns.includes(name)).flatMap(({ feeds }) => feeds),
    }))
}
