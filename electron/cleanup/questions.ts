import type { Row, Transaction } from '#electron/database/database.ts'
import type { Decisions, Question, TableDecision } from '#shared/cleanup.ts'
import { childOf, parentOf, pointsAt } from './sql.ts'
import { type Edge, referenceOf, type Structure } from './structure.ts'
import type { Counted, Work } from './work.ts'

/**
 * The tables about which a person must decide: those that nobody knows and that hang on rows to be deleted, and
 * known ones whose kept rows a cascade or SET NULL would touch. A table where no row hangs is no question.
 */
export async function questionsOf(
  transaction: Transaction,
  structure: Structure,
  decisions: Decisions,
  { counts, clears }: { counts: ReadonlyMap<string, Counted>; clears: Work['clears'] },
): Promise<readonly Question[]> {
  const questions: Question[] = []
  for (const [table, reason] of structure.asked) {
    const edges = structure.edges.filter(
      ({ key }) => key.child === table && structure.members.get(key.parent)?.world === 'patients',
    )
    const cleared = clears.filter(({ edge }) => edge.key.child === table).reduce((sum, { rows }) => sum + rows, 0)
    const kept = decisions.tables[table] === 'keep' ? await pointing(transaction, structure, edges) : 0
    const rows = (counts.get(table)?.deleted ?? 0) + cleared + kept
    if (rows === 0) continue
    const options: TableDecision[] = edges.some(({ required }) => required)
      ? ['delete', 'keep']
      : ['clear', 'delete', 'keep']
    const decided = decisions.tables[table] ?? null
    questions.push({
      ...{ table, reason, rows, options },
      references: edges.map(({ key, required }) => ({ ...referenceOf(key), onDelete: key.onDelete, required })),
      decided: decided !== null && options.includes(decided) ? decided : null,
    })
  }
  return questions
}

/** Rows that point at a table from which rows go, through any of the references. */
async function pointing(transaction: Transaction, structure: Structure, edges: readonly Edge[]): Promise<number> {
  const { tables } = structure.catalogue
  let most = 0
  for (const { key } of edges) {
    const [row] = await transaction.query<Row & { rows: number }>(
      `SELECT count(*) AS rows FROM ${childOf(key, tables)} c
       WHERE EXISTS (SELECT FROM ${parentOf(key, tables)} p WHERE ${pointsAt(key, 'c', 'p')})`,
    )
    most = Math.max(most, Number(row?.rows))
  }
  return most
}
