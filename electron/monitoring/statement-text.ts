const most = 400
const identifier = /[\p{L}_][\p{L}\p{N}_$]*/uy
const dollarTag = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy
const parameter = /\$\d+/y
const number = /(?:0[xXoObB][\da-fA-F_]+|\d[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?\d+)?|\.\d[\d_]*(?:[eE][+-]?\d+)?)/y
/** Letters that may stand before a quote: E'', B'', X'', N'', and U&''. */
const prefix = /^(?:[ebxn]|u&)$/i
/** A quoted name that nobody would write a value in. */
const plainName = /^[a-z_][a-z0-9_]{0,62}$/

/**
 * The text of an SQL statement without a single value in it: strings of every kind, numbers and comments give
 * way to `?` or to nothing. The server cuts long statements off, so what is not closed ends the text; and where
 * only the server's settings could tell whether a string goes on, nothing after it is kept.
 */
export function withoutLiterals(sql: string): string {
  const out: string[] = []
  let at = 0

  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at
    return pattern.exec(sql)?.[0] ?? null
  }

  while (at < sql.length) {
    const char = sql.charAt(at)
    if (/\s/.test(char)) {
      out.push(' ')
      at++
    } else if (sql.startsWith('--', at)) {
      const end = sql.slice(at).search(/[\r\n]/)
      at = end < 0 ? sql.length : at + end
    } else if (sql.startsWith('/*', at)) {
      at = afterComment(sql, at)
      out.push(' ')
    } else if (char === "'") {
      at = string(at, false)
    } else if (char === '"') {
      at = name(at)
    } else if (char === '$') {
      const tag = match(dollarTag)
      const given = match(parameter)
      if (tag !== null) {
        const end = sql.indexOf(tag, at + tag.length)
        out.push('?')
        at = end < 0 ? sql.length : end + tag.length
      } else {
        out.push(given ?? '$')
        at += given?.length ?? 1
      }
    } else {
      const word = match(identifier)
      if (word !== null) {
        const next = at + word.length
        const unicode = /^u$/i.test(word) && sql.startsWith("&'", next)
        if (unicode || (prefix.test(word) && sql.charAt(next) === "'")) {
          at = string(next + (unicode ? 1 : 0), /^e$/i.test(word))
        } else if (/^u$/i.test(word) && sql.startsWith('&"', next)) {
          at = name(next + 1)
        } else {
          out.push(word)
          at = next
        }
      } else {
        const digits = match(number)
        out.push(digits === null ? char : '?')
        at += digits?.length ?? 1
      }
    }
  }
  return tidy(out.join(''))

  /** Skips a string whose quote opens at `from`; returns where it ends. */
  function string(from: number, escapes: boolean): number {
    out.push('?')
    for (let next = from + 1; next < sql.length; next++) {
      const char = sql.charAt(next)
      if (char === '\\' && escapes) next++
      // Without standard_conforming_strings this quote would not close: nobody knows what follows.
      else if (char === '\\' && sql.charAt(next + 1) === "'") return sql.length
      else if (char === "'" && sql.charAt(next + 1) === "'") next++
      else if (char === "'") return next + 1
    }
    return sql.length
  }

  /** A quoted identifier is kept when it looks like one: a value in the wrong quotes stays visible after its error. */
  function name(from: number): number {
    let text = ''
    for (let next = from + 1; next < sql.length; next++) {
      const char = sql.charAt(next)
      if (char === '"' && sql.charAt(next + 1) === '"') {
        text += '"'
        next++
      } else if (char === '"') {
        out.push(plainName.test(text) ? `"${text}"` : '"?"')
        return next + 1
      } else text += char
    }
    out.push('"?"')
    return sql.length
  }
}

/** Comments nest in PostgreSQL; one that does not close ends the text. */
function afterComment(sql: string, from: number): number {
  let depth = 0
  for (let at = from; at < sql.length; at++) {
    if (sql.startsWith('/*', at)) {
      depth++
      at++
    } else if (sql.startsWith('*/', at)) {
      depth--
      at++
      if (depth === 0) return at + 1
    }
  }
  return sql.length
}

/** One line, lists of values as one, and no longer than a person reads. */
function tidy(text: string): string {
  const line = text
    .replace(/\s+/g, ' ')
    .replace(/\?(?:\s*,\s*\?)+/g, '?, …')
    .trim()
  return line.length > most ? `${line.slice(0, most)}…` : line
}
