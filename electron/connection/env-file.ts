import { parse } from 'dotenv'
import { decodeText } from '#electron/decode-text.ts'
import { parsePostgresUrl } from '#electron/postgres-url.ts'
import { readSmallFile } from '#electron/read-small-file.ts'
import { AppError } from '#shared/errors.ts'

const MOST_BYTES = 256 * 1024

/** What a backend's `.env` says of its database; null for what it does not say. */
export interface EnvDatabase {
  readonly host: string | null
  readonly port: number | null
  readonly database: string | null
  readonly user: string | null
  readonly password: string | null
  /** Names of the variables that were used. */
  readonly variables: readonly string[]
}

/**
 * Reads a backend's `.env` of at most 256 kB. Throws `NOT_FOUND` when it cannot be read and `PAYLOAD_TOO_LARGE`
 * when it is no `.env` by its size.
 */
export async function readEnvFile(path: string): Promise<string> {
  const bytes = await readSmallFile(path, MOST_BYTES).catch(() => {
    throw new AppError('NOT_FOUND', { what: 'env' })
  })
  if (bytes === null) throw new AppError('PAYLOAD_TOO_LARGE', { what: 'env' })
  return decodeText(bytes)
}

/** Finds the database in the text of a `.env`: the guide's `DB_…` variables, or an older `DATABASE_URL`. */
export function parseEnv(text: string): EnvDatabase {
  const values = parse(quoteHashes(text))
  const used = new Set<string>()
  const say = (name: string): string | null => {
    const value = values[name]?.trim()
    if (value === undefined || value === '') return null
    used.add(name)
    return name === 'DB_PASSWORD' ? (values[name] ?? value) : value
  }
  const own = {
    host: say('DB_HOST'),
    port: toPort(say('DB_PORT')),
    database: say('DB_NAME'),
    user: say('DB_USER'),
    password: say('DB_PASSWORD'),
  }
  const incomplete = Object.values(own).some((value) => value === null)
  const url = incomplete ? parsePostgresUrl(values.DATABASE_URL ?? '') : null
  if (url) used.add('DATABASE_URL')
  return {
    host: own.host ?? url?.host ?? null,
    port: own.port ?? toPort(url?.port ?? null),
    database: own.database ?? url?.database ?? null,
    user: own.user ?? url?.user ?? null,
    password: own.password ?? url?.password ?? null,
    variables: [...used],
  }
}

/**
 * The backend reads `.env` with Python's dotenv, where `#` opens a comment only after a space; dotenv's
 * parser cuts `DB_PASSWORD=a#b` short. Quotes make the two agree.
 */
function quoteHashes(text: string): string {
  return text.replace(
    /^([ \t]*(?:export[ \t]+)?\w+[ \t]*=[ \t]*)([^\s'"`#][^\r\n]*)/gm,
    (line, name: string, rest: string) => {
      const value = rest.replace(/\s+#.*$/, '').trimEnd()
      if (!value.includes('#')) return line
      const quote = ["'", '`', '"'].find((mark) => !value.includes(mark))
      return quote ? name + quote + value + quote : line
    },
  )
}

function toPort(text: string | null): number | null {
  const port = Number(text)
  return text !== null && Number.isInteger(port) && port >= 1 && port <= 65_535 ? port : null
}
