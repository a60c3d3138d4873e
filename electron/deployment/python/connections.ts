import { type ConnectionProblem, problemsOf } from './leak-rules.ts'
import { around, parseTree, type Statement, within } from './tree.ts'

/** A place where a connection is taken out of the pool. */
export interface ConnectionUse {
  /** From 1. */
  readonly line: number
  /** The function around it; empty at the top of a file. */
  readonly name: string
  /** What can leave it inside a transaction, or away from the pool; empty when nothing can. */
  readonly problems: readonly ConnectionProblem[]
}

const taking = ['_get_connection', 'getconn']
const giving = ['_return_connection', 'putconn']

/**
 * Every statement that takes a connection by `_get_connection()` or the pool's own `getconn()`, judged by the guide's
 * correct pattern: ended by rollback or commit on success and on error, given back in a `finally`.
 */
export function connectionUses(source: string): ConnectionUse[] {
  const root = parseTree(source)
  const aliases = (names: readonly string[]) =>
    names.flatMap((name) => [
      name,
      ...[...source.matchAll(new RegExp(`\\b${name}\\s+as\\s+(\\w+)`, 'g'))].map((found) => found[1] ?? name),
    ])
  const takes = new RegExp(`(?<![\\w])(?:${aliases(taking).join('|')})\\s*\\(`)
  const gives = `(?<![\\w])(?:${aliases(giving).join('|')})\\s*\\(\\s*(?:\\w+\\s*=\\s*)?`
  const uses: ConnectionUse[] = []
  for (const statement of within(root)) {
    if (!takes.test(statement.code) || isDefinition(statement)) continue
    const outer = [...around(statement)].find(isDefinition) ?? root
    const name = nameOf(outer)
    // The function that everybody asks hands its connection on: its callers are judged, not it.
    if (taking.includes(name) && /^return\b/.test(statement.code)) continue
    // A context manager gives back by itself; how it does is judged where it is written.
    if (/^(?:async\s+)?with\b/.test(statement.code)) continue
    uses.push({ line: statement.line, name, problems: problemsOf(statement, outer, gives) })
  }
  return uses
}

function isDefinition(statement: Statement): boolean {
  return /^(?:async\s+)?def\b/.test(statement.code)
}

function nameOf(statement: Statement): string {
  return /\bdef\s+(\w+)/.exec(statement.code)?.[1] ?? ''
}
