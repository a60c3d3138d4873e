import type { CleanupTotals, Decisions, PlannedTable, ReasonCode } from '#shared/cleanup.ts'
import type { ErrorParams } from '#shared/errors.ts'
import type { CatalogueTable } from './catalogue.ts'
import * as known from './known.ts'
import type { Member, Structure } from './structure.ts'
import { type Counted, clearedOf, type Work } from './work.ts'

interface Facts {
  readonly counts: ReadonlyMap<string, Counted>
  readonly clears: Work['clears']
  readonly work: Work
  /** Tables whose question nobody has answered. */
  readonly open: ReadonlySet<string>
  readonly decisions: Decisions
}

/** The verdict of every table that was counted, with its reason and the path of references that led to it. */
export function plannedTables(structure: Structure, facts: Facts): readonly PlannedTable[] {
  const tables = [...structure.catalogue.tables.values()]
  return tables
    .filter(({ key, kind, onPath }) => facts.counts.has(key) || (kind === 'foreign' && onPath))
    .map((table) => planned(table, structure, facts))
}

function planned(table: CatalogueTable, structure: Structure, facts: Facts): PlannedTable {
  const { rows, deleted } = facts.counts.get(table.key) ?? { rows: null, deleted: 0 }
  const member = structure.members.get(table.key)
  const cleared = clearedOf(facts.clears, table)
  const isKnown = table.schema === structure.schema && known.knownTables.has(table.name)
  const verdict = facts.open.has(table.key)
    ? 'ask'
    : member && (member.whole || (deleted > 0 && deleted === rows))
      ? 'delete'
      : deleted > 0
        ? 'deleteRows'
        : cleared.length > 0
          ? 'clearColumns'
          : 'keep'
  return {
    ...{ key: table.key, schema: table.schema, name: table.name, known: isKnown },
    ...{ group: groupOf(table, structure, isKnown), verdict, rows, deleted, cleared },
    reason: reasonOf(table, { ...facts, structure, member, isKnown, cleared, deleted }),
    path: member?.path ?? [],
    triggersHeld: facts.work.triggers
      .filter(({ relation }) => relation === table.key || table.partitions.includes(relation))
      .map(({ name }) => name),
  }
}

/** Which scope a table belongs to, whether or not that scope is chosen. */
function groupOf(table: CatalogueTable, { schema }: Structure, isKnown: boolean): PlannedTable['group'] {
  if (!isKnown || table.schema !== schema) return 'unknown'
  for (const [scope, names] of Object.entries(known.scopeTables) as [known.TableScope, readonly string[]][])
    if (names.includes(table.name)) return scope
  if (table.name === known.users) return 'users'
  if (table.name === known.podiatrists) return 'podiatrists'
  return Object.values(known.satellites).some((names) => (names as readonly string[]).includes(table.name))
    ? 'satellite'
    : 'settings'
}

function reasonOf(
  table: CatalogueTable,
  about: Facts & {
    readonly structure: Structure
    readonly member: Member | undefined
    readonly isKnown: boolean
    readonly cleared: PlannedTable['cleared']
    readonly deleted: number
  },
): PlannedTable['reason'] {
  const { member, structure, cleared, decisions, isKnown } = about
  const reason = (code: ReasonCode, params: ErrorParams = {}) => ({ code, params })
  const asked = structure.asked.get(table.key)
  const decided = decisions.tables[table.key]
  if (about.open.has(table.key) && asked) return reason(asked)
  if (member?.role === 'base')
    return member.world === 'patients' ? reason('scope', { scope: member.scope ?? '' }) : reason('staff')
  if (member && member.world !== 'patients') return reason('staffSatellite')
  if (member && decided === 'delete') return reason('decidedDelete', { to: member.path[0]?.to ?? '' })
  if (member) return reason('mustPoint', { to: member.path[0]?.to ?? '' })
  if (asked && decided === 'keep') return reason('decidedKeep')
  if (asked && decided === 'clear' && cleared.length > 0) return reason('decidedClear')
  if (cleared.length > 0) return reason('pointsAtDeleted', { to: cleared[0]?.to ?? '' })
  if (table.kind === 'foreign') return reason('foreign')
  return reason(isKnown ? 'notInScope' : 'unknown')
}

/** The figures that stay in view beside every step. */
export function totalsOf(tables: readonly PlannedTable[], patients: string): CleanupTotals {
  const sum = (of: (table: PlannedTable) => number) => tables.reduce((total, table) => total + of(table), 0)
  const some = (test: (table: PlannedTable) => boolean) => tables.filter(test).length
  return {
    deletedRows: sum(({ deleted }) => deleted),
    deletedTables: some(({ deleted }) => deleted > 0),
    keptRows: sum(({ rows, deleted }) => (rows ?? 0) - deleted),
    keptTables: some(({ rows, deleted }) => (rows ?? 0) > deleted),
    clearedColumns: sum(({ cleared }) => new Set(cleared.flatMap(({ columns }) => columns)).size),
    clearedTables: some(({ cleared }) => cleared.length > 0),
    patients: tables.find(({ key }) => key === patients)?.deleted ?? 0,
  }
}
