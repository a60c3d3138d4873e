import type { Decisions, Reference, Scope } from '#shared/cleanup.ts'
import { type Catalogue, type CatalogueTable, clearable, type ForeignKey, mustPoint } from './catalogue.ts'
import * as known from './known.ts'

/** Tables whose rows go together are closed over together, podiatrists after patients, users last. */
export const worlds = ['patients', 'podiatrists', 'users'] as const
export type World = (typeof worlds)[number]

/**
 * What becomes of a reference whose target may be deleted.
 * - `hang`: the row that points goes too.
 * - `clear`: the row that points stays and forgets.
 * - `need`: the row that is pointed at stays.
 */
export type Fate = 'hang' | 'clear' | 'need'

export interface Edge {
  readonly key: ForeignKey
  readonly fate: Fate
  readonly required: boolean
  /** A kept row of the parent keeps the rows that point at it. */
  readonly owns: boolean
  readonly clears: readonly string[]
}

/** A table from which rows go. */
export interface Member {
  readonly table: CatalogueTable
  readonly world: World
  /** `base`: every row that nothing keeps goes. `hang`: only rows that point at rows that go. */
  readonly role: 'base' | 'hang'
  readonly scope: Scope | null
  /** True when every row goes whatever its values: the table is emptied as a whole. */
  readonly whole: boolean
  /** Whether kept rows can reach it at all. */
  readonly reachable: boolean
  readonly path: readonly Reference[]
}

export interface Structure {
  readonly catalogue: Catalogue
  readonly schema: string
  readonly members: ReadonlyMap<string, Member>
  /** References whose target may be deleted, from rows that may stay. */
  readonly edges: readonly Edge[]
  /** Tables that a person must decide about where rows turn out to hang. */
  readonly asked: ReadonlyMap<string, 'unknownHangs' | 'cascades'>
}

const drags = new Set(['cascade', 'setNull', 'setDefault'])

/**
 * What goes, what stays and what is asked, from the catalogue and the decisions alone: the deletion set closed over
 * references that must point somewhere. Tables without an answer yet are treated as if their rows went.
 */
export function buildStructure(catalogue: Catalogue, schema: string, decisions: Decisions): Structure {
  const byName = new Map([...catalogue.tables.values()].filter((t) => t.schema === schema).map((t) => [t.name, t]))
  const members = new Map<string, Draft>()
  const edges = new Map<ForeignKey, Edge>()
  const asked = new Map<string, 'unknownHangs' | 'cascades'>()
  const people = new Set(
    [known.users, known.podiatrists, 'roles', ...known.satellites.users, ...known.satellites.podiatrists]
      .map((name) => byName.get(name)?.key)
      .filter((key) => key !== undefined),
  )

  const add = (name: string, world: World, role: Member['role'], scope: Scope | null) => {
    const table = byName.get(name)
    if (table && table.kind !== 'foreign' && !members.has(table.key))
      members.set(table.key, { table, world, role, scope, path: [] })
  }
  for (const [scope, names] of Object.entries(known.scopeTables) as [known.TableScope, readonly string[]][]) {
    if (decisions.scopes[scope]) for (const name of names) add(name, 'patients', 'base', scope)
  }
  if (decisions.scopes.podiatrists) {
    add(known.podiatrists, 'podiatrists', 'base', 'podiatrists')
    for (const name of known.satellites.podiatrists) add(name, 'podiatrists', 'hang', null)
  }
  if (decisions.scopes.users === 'remove') {
    add(known.users, 'users', 'base', 'users')
    for (const name of known.satellites.users) add(name, 'users', 'hang', null)
  }

  const tableOf = (key: string) => {
    const table = catalogue.tables.get(key)
    if (!table) throw new TypeError('a foreign key of a table that is not in the catalogue')
    return table
  }
  const isKnown = (table: CatalogueTable) => table.schema === schema && known.knownTables.has(table.name)

  function judge(key: ForeignKey, parent: Draft): Edge {
    const child = tableOf(key.child)
    const required = mustPoint(key, child)
    const clears = required ? [] : clearable(key, child, catalogue.foreignKeys)
    const member = members.get(key.child)
    const edge = (fate: Fate): Edge => ({ key, fate, required, owns: false, clears })
    if (parent.world !== 'patients') {
      if (member?.world === parent.world && member.role === 'hang') return edge(required ? 'hang' : 'clear')
      const staffLink = child.name === known.podiatrists && key.columns.includes('id_usuario')
      return edge(required || !isKnown(child) || drags.has(key.onDelete) || staffLink ? 'need' : 'clear')
    }
    if (member?.role === 'base') return edge(required || drags.has(key.onDelete) ? 'need' : 'clear')
    if (people.has(key.child)) return edge(required || drags.has(key.onDelete) ? 'need' : 'clear')
    const decided = decisions.tables[key.child]
    if (!isKnown(child)) asked.set(key.child, 'unknownHangs')
    else if (!required && drags.has(key.onDelete) && !asked.has(key.child)) asked.set(key.child, 'cascades')
    if (decided === 'keep') return edge('need')
    if (decided === 'delete') return edge('hang')
    return edge(required ? 'hang' : 'clear')
  }

  for (let grown = true; grown; ) {
    grown = false
    for (const key of catalogue.foreignKeys) {
      const parent = members.get(key.parent)
      if (!parent || edges.has(key)) continue
      const edge = judge(key, parent)
      edges.set(key, edge)
      grown = true
      if (edge.fate !== 'hang' || members.has(key.child)) continue
      members.set(key.child, {
        ...{ table: tableOf(key.child), world: parent.world, role: 'hang', scope: null },
        path: [referenceOf(key), ...parent.path],
      })
    }
  }
  return finish({ catalogue, schema, asked, edges: owned([...edges.values()], members, byName), members }, decisions)
}

type Draft = Omit<Member, 'whole' | 'reachable'>

/** A foreign key as a plan shows it. */
export function referenceOf(key: ForeignKey): Reference {
  return { constraint: key.name, columns: key.columns, to: key.parent }
}

/**
 * Whose a row is: its patient's, else that of whatever it must point at, else of what it may point at. A message
 * sent as a reminder belongs to the reminder's patient, not to whoever else's conversation it went through.
 */
function owned(
  edges: readonly Edge[],
  members: ReadonlyMap<string, Draft>,
  byName: ReadonlyMap<string, CatalogueTable>,
): readonly Edge[] {
  const patients = byName.get(known.patients)?.key
  const inside = (edge: Edge) =>
    members.get(edge.key.child)?.world === 'patients' && members.get(edge.key.parent)?.world === 'patients'
  const strong = (edge: Edge) => inside(edge) && (edge.key.parent === patients || edge.required)
  const settled = new Set(
    edges.filter((edge) => strong(edge) && edge.key.child !== edge.key.parent).map((e) => e.key.child),
  )
  return edges.map((edge) => ({
    ...edge,
    owns: strong(edge) || (inside(edge) && edge.key.child !== edge.key.parent && !settled.has(edge.key.child)),
  }))
}

function finish(
  draft: Omit<Structure, 'members'> & { members: ReadonlyMap<string, Draft> },
  decisions: Decisions,
): Structure {
  const { edges, members } = draft
  const kept = decisions.keepPatients.length > 0 || Object.values(decisions.guard).includes('keep')
  const reachable = new Set<string>()
  for (const { table, world } of members.values()) {
    if (world !== 'patients' || (kept && table.name === known.patients && table.schema === draft.schema))
      reachable.add(table.key)
  }
  for (const { key, fate } of edges) if (fate === 'need' && !isInner(key, members)) reachable.add(key.parent)
  const spread = (from: string, to: string) => reachable.has(from) && !reachable.has(to) && reachable.add(to)
  const inner = edges.filter(({ key }) => isInner(key, members))
  for (let grown = true; grown; ) {
    grown = false
    for (const edge of inner) {
      if (edge.owns && spread(edge.key.parent, edge.key.child)) grown = true
      if (needsParent(edge) && spread(edge.key.child, edge.key.parent)) grown = true
    }
  }
  const whole = new Set<string>()
  for (const { table, role } of members.values()) if (role === 'base' && !reachable.has(table.key)) whole.add(table.key)
  for (let grown = true; grown; ) {
    grown = false
    for (const { key, fate, required } of edges) {
      const surely = fate === 'hang' && required && key.validated && key.enforced && !key.disabled
      if (!surely || key.childRelation !== key.child || !whole.has(key.parent)) continue
      if (reachable.has(key.child) || whole.has(key.child)) continue
      whole.add(key.child)
      grown = true
    }
  }
  return {
    ...draft,
    members: new Map(
      [...members].map(([key, member]) => [key, { ...member, whole: whole.has(key), reachable: reachable.has(key) }]),
    ),
  }
}

/** A row that stays needs what it must point at, what would drag it along, and what it was decided to go with. */
export function needsParent({ required, fate }: Edge): boolean {
  return required || fate !== 'clear'
}

/** Whether both ends of a reference lie in one world. */
export function isInner(key: ForeignKey, members: ReadonlyMap<string, { readonly world: World }>): boolean {
  const parent = members.get(key.parent)
  return parent !== undefined && members.get(key.child)?.world === parent.world
}
