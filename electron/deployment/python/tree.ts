import { type LogicalLine, logicalLines } from './logical-lines.ts'

/** A statement with those that it holds. */
export interface Statement {
  readonly line: number
  /** Line on which the last statement inside it begins; its own without any. */
  last: number
  readonly indent: number
  readonly code: string
  readonly parent: Statement | null
  readonly body: Statement[]
}

const compound = /^(?:async\s+)?(?:def|class|if|elif|else|for|while|with|try|except\*?|finally|match|case)\b/

/** The statements of a Python source as a tree by their indentation; `if a: b` and `a; b` are taken apart. */
export function parseTree(source: string): Statement {
  const root: Statement = { line: 0, last: 0, indent: -1, code: '', parent: null, body: [] }
  let open = root
  for (const part of logicalLines(source).flatMap(takeApart)) {
    while (open.parent !== null && open.indent >= part.indent) open = open.parent
    const statement: Statement = { ...part, last: part.line, parent: open, body: [] }
    open.body.push(statement)
    for (let above: Statement | null = open; above !== null; above = above.parent) above.last = part.line
    open = statement
  }
  return root
}

/** Every statement inside, in the order of the file. */
export function* within(statement: Statement): Generator<Statement> {
  for (const inner of statement.body) {
    yield inner
    yield* within(inner)
  }
}

/** The statements around it, from the nearest to the file itself. */
export function* around(statement: Statement): Generator<Statement> {
  for (let above = statement.parent; above !== null; above = above.parent) yield above
}

type Part = Pick<Statement, 'line' | 'indent' | 'code'>

function takeApart({ line, indent, code }: LogicalLine): Part[] {
  const parts: Part[] = []
  let rest = code
  let deeper = indent
  while (compound.test(rest)) {
    const colon = outside(rest, ':')
    if (colon < 0) break
    parts.push({ line, indent: deeper, code: rest.slice(0, colon + 1) })
    rest = rest.slice(colon + 1).trim()
    deeper += 0.5
  }
  for (let end = outside(rest, ';'); end >= 0; end = outside(rest, ';')) {
    parts.push({ line, indent: deeper, code: rest.slice(0, end).trim() })
    rest = rest.slice(end + 1).trim()
  }
  if (rest !== '') parts.push({ line, indent: deeper, code: rest })
  return parts
}

/** Where a mark stands outside of brackets (`:=` is another mark); -1 when nowhere. Strings are blank already. */
function outside(code: string, mark: string): number {
  let depth = 0
  for (let at = 0; at < code.length; at++) {
    const character = code[at] ?? ''
    if ('([{'.includes(character)) depth += 1
    else if (')]}'.includes(character)) depth -= 1
    else if (character === mark && depth === 0 && code[at + 1] !== '=') return at
  }
  return -1
}
