/** One `NAME=value` of a `.env`, by its place in the text. */
export interface Assignment {
  readonly name: string
  /** As dotenv reads it. */
  readonly value: string
  /** As Python's dotenv reads it, where the two differ: `#` without a space before it belongs to the value. */
  readonly pythonValue: string
  /** Where what stands behind `=` begins and ends, quotes and trailing spaces included, comments not. */
  readonly start: number
  readonly end: number
}

const opening = /[ \t\f\v\u00a0]*(?:export[ \t]+)?([\w.-]+)(?:[ \t]*=|:[ \t])/y

/**
 * The assignments of a `.env`, by dotenv's rules: `export`, quotes of three kinds that may span lines, comments. Linear:
 * a hostile file costs what its size says.
 */
export function assignments(text: string): Assignment[] {
  const found: Assignment[] = []
  let at = text.startsWith('\uFEFF') ? 1 : 0
  while (at < text.length) {
    opening.lastIndex = at
    const match = opening.exec(text)
    if (match?.[1] === undefined) {
      at = nextLine(text, at)
      continue
    }
    const start = at + match[0].length
    const end = endOfLine(text, start)
    const quoted = quotedAt(text, start, end) ?? plainAt(text, start, end)
    found.push({ name: match[1], start, ...quoted })
    at = nextLine(text, quoted.end)
  }
  return found
}

/** The values of a `.env`; of a name that stands twice the last one counts. */
export function valuesOf(text: string): Map<string, string> {
  return new Map(assignments(text).map(({ name, pythonValue }) => [name, pythonValue]))
}

/** Names whose value dotenv and Python's dotenv read differently. */
export function differingNames(text: string): string[] {
  return assignments(text).flatMap(({ name, value, pythonValue }) => (value === pythonValue ? [] : [name]))
}

type Read = Pick<Assignment, 'value' | 'pythonValue' | 'end'>

function quotedAt(text: string, start: number, lineEnd: number): Read | null {
  const opens = start + (/^[ \t]*/.exec(text.slice(start, lineEnd))?.[0].length ?? 0)
  const quote = text[opens] ?? ''
  if (!['"', "'", '`'].includes(quote)) return null
  let closes = text.indexOf(quote, opens + 1)
  while (closes > 0 && text[closes - 1] === '\\') closes = text.indexOf(quote, closes + 1)
  if (closes < 0) return null
  const rest = text.slice(closes + 1, endOfLine(text, closes + 1))
  if (!/^[ \t]*(?:#|$)/.test(rest)) return null
  const inside = text.slice(opens + 1, closes).replace(/\r\n?/g, '\n')
  const value = quote === '"' ? inside.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : inside
  return { value, pythonValue: pythonQuoted(quote, inside), end: closes + 1 }
}

/** Python's dotenv undoes the escapes of a string; it knows no backquotes. */
function pythonQuoted(quote: string, inside: string): string {
  if (quote === "'") return inside.replace(/\\([\\'])/g, '$1')
  if (quote === '`') return quote + inside + quote
  return inside.replace(/\\([\\'"abfnrtv])/g, (_all, mark: string) => escapes[mark] ?? mark)
}
const escapes: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

function plainAt(text: string, start: number, lineEnd: number): Read {
  const line = text.slice(start, lineEnd)
  const hash = line.indexOf('#')
  const comment = /(?:^|\s)#/.exec(line)
  const long = comment ? line.slice(0, comment.index) : line
  return {
    value: unquoted((hash < 0 ? line : line.slice(0, hash)).trim()),
    pythonValue: long.trim(),
    end: start + long.trimEnd().length,
  }
}

/** dotenv takes a pair of quotes off even where something else on the line made it no quoted value. */
function unquoted(value: string): string {
  const quote = value[0] ?? ''
  if (!['"', "'", '`'].includes(quote)) return value
  const bare = value.length > 1 && value.endsWith(quote) ? value.slice(1, -1) : value
  return quote === '"' ? bare.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : bare
}

function endOfLine(text: string, from: number): number {
  for (let at = from; at < text.length; at++) if (text[at] === '\n' || text[at] === '\r') return at
  return text.length
}

function nextLine(text: string, from: number): number {
  const end = endOfLine(text, from)
  return text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1
}
