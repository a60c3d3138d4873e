/** A statement of Python as it stands: brackets, backslashes and long strings may spread it over several lines. */
export interface LogicalLine {
  /** Line of the file where it begins, from 1. */
  readonly line: number
  /** Width of its indentation, a tab reaching to the next multiple of eight. */
  readonly indent: number
  /** Its code on one line, without comments; what strings hold is blanked. */
  readonly code: string
  /** The same, with its strings. */
  readonly text: string
}

const longQuote = /^(?:[rbuft]|rb|br|fr|rf|tr|rt)?("""|''')/i
const shortQuote = /^(?:[rbuft]|rb|br|fr|rf|tr|rt)?(["'])/i

/** Cuts a Python source into its statements, as the interpreter's tokenizer would. A compound `if x: y` stays one. */
export function logicalLines(source: string): LogicalLine[] {
  const lines: LogicalLine[] = []
  const text = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  let at = 0
  let line = 1

  while (at < text.length) {
    const margin = /^[ \t\f]*/.exec(text.slice(at, at + 1_000))?.[0] ?? ''
    at += margin.length
    const start = line
    let depth = 0
    let code = ''
    let whole = ''
    while (at < text.length) {
      const character = text[at] ?? ''
      if (character === '\n') {
        line += 1
        at += 1
        if (depth === 0) break
        code += ' '
        whole += ' '
      } else if (character === '#') {
        while (at < text.length && text[at] !== '\n') at += 1
      } else if (character === '\\' && text[at + 1] === '\n') {
        line += 1
        at += 2
        code += ' '
        whole += ' '
      } else if (opensString(text, at, code)) {
        const string = stringAt(text, at)
        line += string.split('\n').length - 1
        at += string.length
        code += '""'
        whole += string.replace(/\n/g, ' ')
      } else {
        if ('([{'.includes(character)) depth += 1
        if (')]}'.includes(character)) depth = Math.max(0, depth - 1)
        code += character
        whole += character
        at += 1
      }
    }
    if (code.trim() !== '') lines.push({ line: start, indent: widthOf(margin), code: code.trim(), text: whole.trim() })
  }
  return lines
}

/** A quote, or a prefix such as `rb` before one, but not the end of a name such as `bar'`. */
function opensString(text: string, at: number, before: string): boolean {
  const ahead = text.slice(at, at + 5)
  if (!shortQuote.test(ahead)) return false
  return /^["']/.test(ahead) || !/\w$/.test(before)
}

function stringAt(text: string, at: number): string {
  const ahead = text.slice(at, at + 5)
  const long = longQuote.exec(ahead)
  const opening = long ?? shortQuote.exec(ahead)
  if (!opening?.[1]) return text[at] ?? ''
  const quote = opening[1]
  let end = at + opening[0].length
  while (end < text.length) {
    // A raw string, too, does not end at a quote behind a backslash.
    if (text[end] === '\\') end += 2
    else if (text.startsWith(quote, end)) return text.slice(at, end + quote.length)
    // A short string that is not closed ends with its line: a broken file must not swallow the rest.
    else if (!long && text[end] === '\n') return text.slice(at, end)
    else end += 1
  }
  return text.slice(at)
}

function widthOf(margin: string): number {
  let width = 0
  for (const character of margin) {
    if (character === '\t') width = Math.floor(width / 8) * 8 + 8
    else if (character === '\f') width = 0
    else width += 1
  }
  return width
}
