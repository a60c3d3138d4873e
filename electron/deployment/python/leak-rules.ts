import { around, type Statement, within } from './tree.ts'

/**
 * - `notReturned`: nothing gives it back. `noFinally`: an exception on the way keeps it from coming back.
 * - `noRollback`: it comes back inside a transaction. `noRollbackOnError`: it does after an exception.
 * - `unclear`: it is handed on, to where this reader cannot follow.
 */
export type ConnectionProblem = 'notReturned' | 'noFinally' | 'noRollback' | 'noRollbackOnError' | 'unclear'

/**
 * What can happen to the connection that `taken` takes inside `outer`. `gives` is the pattern of the calls that give a
 * connection back, up to its name.
 */
export function problemsOf(taken: Statement, outer: Statement, gives: string): ConnectionProblem[] {
  if (/^(?:return|yield)\b/.test(taken.code)) return ['unclear']
  const name = /^([\w.]+)\s*(?::[^=]+)?=(?!=)/.exec(taken.code)?.[1] ?? /\(?\s*(\w+)\s*:=/.exec(taken.code)?.[1]
  if (name === undefined) return ['notReturned']
  const variable = name.replaceAll('.', '\\.')
  const isGiven = test(`${gives}${variable}\\s*[,)]`)
  const after = [...within(outer)].filter(({ line }) => line > taken.line)
  const guard = guardOf(taken, (clause) => [...within(clause)].some(isGiven))
  if (guard === null) {
    const given = after.find(isGiven)
    if (!given) return [after.some(test(`\\breturn\\s+${variable}\\s*$`)) ? 'unclear' : 'notReturned']
    const ended = after.some((statement) => statement.line < given.line && ends(variable)(statement))
    return ended ? ['noFinally'] : ['noFinally', 'noRollback']
  }
  return endings(taken, guard, variable, after)
}

/** A `try` and the clauses that belong to it. */
interface Guard {
  readonly body: Statement
  readonly handlers: readonly Statement[]
  readonly orElse: Statement | null
  readonly atLast: Statement | null
}

function guardAt(statement: Statement): Guard | null {
  if (!/^try\s*:/.test(statement.code)) return null
  const siblings = statement.parent?.body ?? []
  const clauses: Statement[] = []
  for (const next of siblings.slice(siblings.indexOf(statement) + 1)) {
    if (!/^(?:except|else|finally)\b/.test(next.code)) break
    clauses.push(next)
  }
  return {
    body: statement,
    handlers: clauses.filter(({ code }) => code.startsWith('except')),
    orElse: clauses.find(({ code }) => code.startsWith('else')) ?? null,
    atLast: clauses.find(({ code }) => code.startsWith('finally')) ?? null,
  }
}

/** The `try` whose `finally` gives the connection back: around where it is taken, or right after it. */
function guardOf(taken: Statement, gives: (clause: Statement) => boolean): Guard | null {
  const next = followers(taken)
  for (const candidate of [...next, ...around(taken)]) {
    if (/^(?:async\s+)?def\b/.test(candidate.code)) break
    const guard = guardAt(candidate)
    if (guard?.atLast && gives(guard.atLast)) return guard
  }
  return null
}

/** The next `try` beside it, when nothing between can fail. */
function followers(taken: Statement): Statement[] {
  const siblings = taken.parent?.body ?? []
  for (const next of siblings.slice(siblings.indexOf(taken) + 1)) {
    if (/^try\s*:/.test(next.code)) return [next]
    if (/[([]|\bawait\b|\braise\b|\breturn\b/.test(next.code)) return []
  }
  return []
}

function endings(taken: Statement, guard: Guard, variable: string, after: readonly Statement[]): ConnectionProblem[] {
  if (after.some(test(`${variable}\\.(?:set_autocommit\\(\\s*True|autocommit\\s*=\\s*True)`))) return []
  const isEnd = ends(variable)
  const sure = (statement: Statement, container: Statement) =>
    isEnd(statement) && containerOf(statement, variable, container) === container
  const { atLast, body, orElse, handlers } = guard
  if (atLast && [...within(atLast)].some((statement) => sure(statement, atLast))) return []

  const inside = [...within(body), ...(orElse ? within(orElse) : [])].filter(({ line }) => line >= taken.line)
  const found = inside.filter(isEnd)
  const asked = inside.filter(({ code }) => /\.(?:execute|executemany|copy|stream|fetch\w*)\s*\(/.test(code))
  const covered = (line: number, places: readonly Statement[]) =>
    found.some((end) => {
      const container = containerOf(end, variable, body)
      const between = asked.some((query) => query.line > end.last && query.line < line)
      return end.line < line && !between && places.includes(container)
    })
  const returns = inside.filter(({ code, line }) => /^return\b/.test(code) && line > taken.line)
  const leaves = returns.some((statement) => !covered(statement.line, [...around(statement)]))
  const lastly = (orElse ?? body).body.at(-1)
  const falls = !/^(?:return|raise)\b/.test(lastly?.code ?? '')
  const runsOut = falls && !covered((orElse ?? body).last + 0.5, [body, ...(orElse ? [orElse] : [])])
  const problems: ConnectionProblem[] = []
  if (leaves || runsOut) problems.push('noRollback')
  if (!onError(handlers, body, sure)) problems.push('noRollbackOnError')
  return problems
}

type Sure = (statement: Statement, container: Statement) => boolean

function onError(handlers: readonly Statement[], body: Statement, sure: Sure): boolean {
  if (handlers.length > 0) {
    const each = handlers.every((handler) => [...within(handler)].some((statement) => sure(statement, handler)))
    return each && handlers.some(isBroad)
  }
  // Nothing is caught here, but a `try` inside may cover all that can fail.
  const risky = body.body.filter(
    ({ code }) => !/^(?:except|else|finally)\b/.test(code) && /[([]|^try\b|^(?:async\s+)?with\b/.test(code),
  )
  const inner = risky.map(guardAt).find((guard) => guard !== null)
  const alone = risky.every((statement) => guardAt(statement) !== null || /=\s*await\b/.test(statement.code))
  return inner !== undefined && alone && onError(inner.handlers, inner.body, sure)
}

function isBroad({ code }: Statement): boolean {
  return /^except\*?\s*:/.test(code) || /\b(?:Base)?Exception\b/.test(code)
}

/** Whether a statement ends the transaction: `rollback`, `commit`, or a block of `transaction()`. */
function ends(variable: string): (statement: Statement) => boolean {
  return test(`(?<![\\w.])${variable}\\.(?:rollback|commit|transaction)\\s*\\(`)
}

/** The block that a statement runs in for sure, seeing through `with`, `try` and "if there is a connection". */
function containerOf(statement: Statement, variable: string, most: Statement): Statement {
  const sees = new RegExp(
    `^(?:(?:async\\s+)?with\\b|try\\s*:|else\\s*:|if\\s+\\(?\\s*(?:${variable}|${variable}\\s+is\\s+not\\s+None|not\\s+${variable}\\.closed)\\s*\\)?\\s*:)`,
  )
  for (const above of around(statement)) if (above === most || !sees.test(above.code)) return above
  return most
}

function test(pattern: string): (statement: Statement) => boolean {
  const expression = new RegExp(pattern)
  return ({ code }) => expression.test(code)
}
