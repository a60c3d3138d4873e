import type { Parameter, Row, Transaction } from '#electron/database/database.ts'
import type { ForeignKey } from './catalogue.ts'
import { childOf, from, inSet, parentOf, pointsAt } from './sql.ts'
import { type Edge, isInner, type Member, needsParent, type Structure, type World, worlds } from './structure.ts'

/** Rows that a person or a guard keeps, as a condition on `t`. */
export interface Seed {
  readonly table: string
  readonly condition: string
  readonly parameters: readonly Parameter[]
}

/** Which rows go and which references are forgotten, as conditions that hold while nobody writes. */
export interface Sets {
  /** The row `alias` of the table goes; `false` for tables that lose nothing. */
  goes(table: string, alias: string): string
  /** The row stays. */
  stays(table: string, alias: string): string
  /** The temporary table of the rows that go; throws for a table that does not lose single rows. */
  gone(table: string): string
  /** Rows of a table that stay because a kept row needs them, not because a person said so; null where there are none. */
  needed(table: string): string | null
  readonly clearing: readonly Clearing[]
}

export interface Clearing {
  readonly edge: Edge
  /** Rows (`rel`, `tid`) that forget the reference. */
  readonly select: string
}

/** True when the sets cannot be told by a condition alone and need temporary tables. */
export function needsTemporary({ members }: Structure): boolean {
  return [...members.values()].some(({ whole }) => !whole)
}

/**
 * Finds the rows that go, row by row where a table does not go whole: kept rows keep what belongs to them and what
 * they need; everything that must point at a row that goes, goes. Each round reads whole tables, so the cost is
 * linear in their size. The sets live in temporary tables of this transaction.
 */
export async function findSets(transaction: Transaction, structure: Structure, seeds: readonly Seed[]): Promise<Sets> {
  const { members, edges, catalogue } = structure
  const { tables } = catalogue
  const keep = new Map<string, string>()
  const doomed = new Map<string, string>()
  const seen = new Set<World>()
  /** Tables whose kept rows, all named in their set, are fewer than those that go. */
  const shorter = new Set<string>()

  const goes = (table: string, alias: string): string => {
    const member = members.get(table)
    if (!member || !seen.has(member.world)) return 'false'
    if (member.whole) return 'true'
    const set = doomed.get(table)
    if (set === undefined) return 'false'
    // Who is kept and who goes are each other's rest: the shorter list is asked.
    return shorter.has(table) ? `NOT ${inSet(keepSet(table), alias)}` : inSet(set, alias)
  }
  const stays = (table: string, alias: string): string => {
    const condition = goes(table, alias)
    if (condition === 'true' || condition === 'false') return condition === 'true' ? 'false' : 'true'
    return condition.startsWith('NOT ') ? condition.slice(4) : `NOT ${condition}`
  }
  const keepSet = (table: string): string => keep.get(table) ?? missing(table)
  const doomedSet = (table: string): string => doomed.get(table) ?? missing(table)

  /** Adds rows to a set of kept ones; true when there were new ones. */
  async function keepMore(table: string, owned: boolean, select: string, parameters: readonly Parameter[] = []) {
    const set = keepSet(table)
    const already = owned ? 'AND k.owned' : ''
    return added(
      transaction,
      `INSERT INTO ${set} (rel, tid, owned) SELECT DISTINCT n.rel, n.tid, ${owned} FROM (${select}) n
       WHERE NOT EXISTS (SELECT FROM ${set} k WHERE k.rel = n.rel AND k.tid = n.tid ${already})`,
      parameters,
    )
  }
  const childRows = (key: ForeignKey, condition: string) =>
    `SELECT c.tableoid AS rel, c.ctid AS tid FROM ${childOf(key, tables)} c WHERE EXISTS (
       SELECT FROM ${parentOf(key, tables)} p WHERE ${pointsAt(key, 'c', 'p')} AND ${condition})`
  const parentRows = (key: ForeignKey, condition: string) =>
    `SELECT p.tableoid AS rel, p.ctid AS tid FROM ${parentOf(key, tables)} p WHERE EXISTS (
       SELECT FROM ${childOf(key, tables)} c WHERE ${pointsAt(key, 'c', 'p')} AND ${condition})`
  const inKeep = (table: string, alias: string, owned = false) =>
    `EXISTS (SELECT FROM ${keepSet(table)} s WHERE s.rel = ${alias}.tableoid AND s.tid = ${alias}.ctid ${owned ? 'AND s.owned' : ''})`

  async function keepRows(mine: readonly Member[]): Promise<void> {
    const reach = mine.filter(({ reachable }) => reachable)
    for (const { table } of reach)
      keep.set(table.key, await createSet(transaction, `keep_${table.oid}`, ', owned boolean'))
    for (const { table, condition, parameters } of seeds) {
      const seeded = keep.has(table) ? tables.get(table) : undefined
      if (seeded && mine.some((member) => member.table === seeded))
        await keepMore(
          table,
          true,
          `SELECT t.tableoid AS rel, t.ctid AS tid FROM ${from(seeded)} t WHERE ${condition}`,
          parameters,
        )
    }
    for (const { key, fate } of edges) {
      if (
        fate === 'need' &&
        keep.has(key.parent) &&
        mine.some(({ table }) => table.key === key.parent) &&
        !isInner(key, members)
      )
        await keepMore(key.parent, false, parentRows(key, stays(key.child, 'c')))
    }
    const inner = edges.filter(({ key }) => isInner(key, members) && keep.has(key.parent) && keep.has(key.child))
    const here = inner.filter(({ key }) => mine.some(({ table }) => table.key === key.child))
    for (let more = true; more; ) {
      more = false
      for (const edge of here) {
        const { key } = edge
        if (edge.owns && (await keepMore(key.child, true, childRows(key, inKeep(key.parent, 'p', true))))) more = true
        if (needsParent(edge) && (await keepMore(key.parent, false, parentRows(key, inKeep(key.child, 'c')))))
          more = true
      }
    }
    for (const { table } of reach) await transaction.query(`ANALYZE ${keepSet(table.key)}`)
  }

  async function doomRows(mine: readonly Member[]): Promise<void> {
    const partial = mine.filter(({ whole }) => !whole)
    for (const { table } of partial) doomed.set(table.key, await createSet(transaction, `gone_${table.oid}`))
    const notKept = (table: string, alias: string) => (keep.has(table) ? `NOT ${inKeep(table, alias)}` : 'true')
    for (const { table } of partial.filter(({ role }) => role === 'base')) {
      await transaction.query(
        `INSERT INTO ${doomedSet(table.key)} (rel, tid) SELECT t.tableoid, t.ctid FROM ${from(table)} t WHERE ${notKept(table.key, 't')}`,
      )
      await transaction.query(`ANALYZE ${doomedSet(table.key)}`)
      if (keep.has(table.key) && (await fewer(transaction, keepSet(table.key), doomedSet(table.key))))
        shorter.add(table.key)
    }
    const hanging = edges.filter(
      ({ key, fate }) => fate === 'hang' && partial.some(({ table }) => table.key === key.child),
    )
    for (let more = true; more; ) {
      more = false
      for (const { key } of hanging) {
        const set = doomedSet(key.child)
        const select = `SELECT n.rel, n.tid FROM (${childRows(key, goes(key.parent, 'p'))}) n
          WHERE NOT EXISTS (SELECT FROM ${set} s WHERE s.rel = n.rel AND s.tid = n.tid)
          ${keep.has(key.child) ? `AND NOT EXISTS (SELECT FROM ${keepSet(key.child)} s WHERE s.rel = n.rel AND s.tid = n.tid)` : ''}`
        if (await added(transaction, `INSERT INTO ${set} (rel, tid) ${select}`)) more = true
      }
    }
    for (const { table } of partial) await transaction.query(`ANALYZE ${doomedSet(table.key)}`)
  }

  for (const world of worlds) {
    const mine = [...members.values()].filter((member) => member.world === world)
    await keepRows(mine)
    seen.add(world)
    await doomRows(mine)
  }

  const clearing = edges
    .filter(
      ({ key, fate }) => fate === 'clear' && goes(key.parent, 'p') !== 'false' && stays(key.child, 'c') !== 'false',
    )
    .map((edge) => ({
      edge,
      select: `SELECT n.rel, n.tid FROM (SELECT c.tableoid AS rel, c.ctid AS tid FROM ${childOf(edge.key, tables)} c
        WHERE ${stays(edge.key.child, 'c')} AND EXISTS (SELECT FROM ${parentOf(edge.key, tables)} p
          WHERE ${pointsAt(edge.key, 'c', 'p')} AND ${goes(edge.key.parent, 'p')})) n`,
    }))
  return {
    ...{ goes, stays, clearing, gone: doomedSet },
    needed: (table) => {
      const set = keep.get(table)
      return set === undefined
        ? null
        : `SELECT s.rel, s.tid FROM ${set} s GROUP BY s.rel, s.tid HAVING NOT bool_or(s.owned)`
    },
  }
}

/** A temporary table of rows by table and place, gone with the transaction. */
export async function createSet(transaction: Transaction, name: string, more = ''): Promise<string> {
  const set = `pg_temp.podoskin_${name}`
  await transaction.query(
    `CREATE TEMPORARY TABLE podoskin_${name} (rel oid NOT NULL, tid tid NOT NULL${more}) ON COMMIT DROP`,
  )
  return set
}

async function added(
  transaction: Transaction,
  insert: string,
  parameters: readonly Parameter[] = [],
): Promise<boolean> {
  const [row] = await transaction.query<Row & { rows: number }>(
    `WITH added AS (${insert} RETURNING 1) SELECT count(*) AS rows FROM added`,
    parameters,
  )
  return Number(row?.rows) > 0
}

async function fewer(transaction: Transaction, one: string, other: string): Promise<boolean> {
  const [row] = await transaction.query<Row & { fewer: boolean }>(
    `SELECT (SELECT count(*) FROM ${one}) < (SELECT count(*) FROM ${other}) AS fewer`,
  )
  return row?.fewer === true
}

function missing(table: string): never {
  throw new TypeError(`no set of rows for ${table}`)
}
