/** The parts of a database address; null for what it does not say. */
export interface UrlParts {
  readonly host: string | null
  readonly port: string | null
  readonly database: string | null
  readonly user: string | null
  readonly password: string | null
}

const pattern =
  /^(postgres(?:ql)?(?:\+\w+)?:\/\/)(?:([^:@/]*)(?::(.*))?@)?(\[[0-9a-f:.%]+\]|[^:/?#@,[\]]*)(?::(\d{1,5}))?(?:\/([^/?#]*))?(\?.*)?$/i

/** The parts of a SQLAlchemy or libpq address; a password may hold `@ : / #` unescaped, as people write them. */
export function parsePostgresUrl(text: string): UrlParts | null {
  const match = text.length > 4_096 ? null : pattern.exec(text.trim())
  if (!match) return null
  const [, , user, password, host, port, database] = match
  return {
    host: unescaped(host?.replace(/^\[(.*)\]$/, '$1')),
    port: port ?? null,
    database: unescaped(database),
    user: unescaped(user),
    password: unescaped(password),
  }
}

/** The address with other parts, its driver and its options kept; null when it was no database address. */
export function withUrlParts(text: string, parts: Partial<UrlParts>): string | null {
  const match = text.length > 4_096 ? null : pattern.exec(text.trim())
  const old = parsePostgresUrl(text)
  if (!match || !old) return null
  const { host, port, database, user, password } = { ...old, ...parts }
  const encoded = (value: string | null) => encodeURIComponent(value ?? '')
  const who = user === null ? '' : `${encoded(user)}${password === null ? '' : `:${encoded(password)}`}@`
  const place = host?.includes(':') ? `[${host}]` : (host ?? '')
  return `${match[1] ?? ''}${who}${place}${port === null ? '' : `:${port}`}/${encoded(database)}${match[7] ?? ''}`
}

function unescaped(text: string | undefined): string | null {
  if (text === undefined || text === '') return null
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
