import { type Assignment, assignments } from './lines.ts'

/**
 * The text of a `.env` with these values: where a name stands its value is replaced in place, new names come at the end.
 * Comments, other lines, their order and the file's line ends stay as they are. Null where a value cannot be written so
 * that both dotenv and Python's read it back: with a line break, or `${`, which Python would expand.
 */
export function withValues(text: string, values: ReadonlyMap<string, string>): string | null {
  const written = new Map<string, string>()
  for (const [name, value] of values) {
    const quoted = quotedFor(value)
    if (quoted === null) return null
    written.set(name, quoted)
  }
  const break_ = lineEndOf(text)
  let result = text
  const there = assignments(text)
  for (const { name, start, end } of there.toReversed()) {
    const quoted = written.get(name)
    if (quoted !== undefined) result = result.slice(0, start) + quoted + result.slice(end)
  }
  const fresh = [...written].filter(([name]) => !there.some((assignment) => assignment.name === name))
  if (fresh.length > 0 && result !== '' && !/[\r\n]$/.test(result)) result += break_
  result += fresh.map(([name, quoted]) => `${name}=${quoted}${break_}`).join('')
  return readsBack(result, values, there) ? result : null
}

/** A quote that was never closed above would swallow what was written. */
function readsBack(text: string, values: ReadonlyMap<string, string>, there: readonly Assignment[]): boolean {
  const wanted = new Map([...there.map(({ name, value }) => [name, value] as const), ...values])
  const read = new Map(assignments(text).map((assignment) => [assignment.name, assignment]))
  return [...wanted].every(([name, value]) => {
    const found = read.get(name)
    return found?.value === value && (!values.has(name) || found.pythonValue === value)
  })
}

/** The line end that most lines of a text have. */
export function lineEndOf(text: string): '\n' | '\r\n' {
  const windows = text.split('\r\n').length - 1
  return windows > (text.split('\n').length - 1) / 2 ? '\r\n' : '\n'
}

function quotedFor(value: string): string | null {
  if (value.includes('${') || /[\r\n\0\u2028\u2029]/.test(value)) return null
  // What begins with a quote unquoted would find its end somewhere below.
  const plain = /^[^\s'"`#]+$/.test(value) ? [value] : []
  for (const quoted of [...plain, `'${value}'`, `"${value}"`]) {
    const [read, second] = assignments(`NAME=${quoted}\n`)
    if (read?.value === value && read.pythonValue === value && second === undefined) return quoted
  }
  return null
}
