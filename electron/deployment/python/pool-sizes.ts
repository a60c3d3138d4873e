import { logicalLines } from './logical-lines.ts'

/** A pool as the source builds it. A size is null where it cannot be read from the source. */
export interface PoolSource {
  readonly line: number
  readonly driver: 'psycopg' | 'asyncpg'
  readonly min: number | null
  readonly max: number | null
}

/** What the libraries take when the source does not say; `psycopg_pool` takes its minimum as its maximum too. */
const unsaid = { psycopg: { min: 4, max: null }, asyncpg: { min: 10, max: 10 } } as const

/**
 * The pools that a source builds, with their sizes: numbers, constants of the same file, and variables of the
 * environment (`variables` are those of `.env`) or their defaults.
 */
export function poolsIn(source: string, variables: Readonly<Record<string, string>> = {}): PoolSource[] {
  const lines = logicalLines(source)
  const constants = new Map<string, string>()
  for (const { text, indent } of lines) {
    const constant = indent === 0 ? /^(\w+)\s*(?::[^=]+)?=\s*([^=].*)$/s.exec(text) : null
    if (constant?.[1] && constant[2]) constants.set(constant[1], constant[2])
  }
  const pools: PoolSource[] = []
  for (const { line, text, code } of lines) {
    const built = /(?<![\w])((?:Async)?(?:Null)?ConnectionPool|create_pool)\s*\(/.exec(text)
    if (!built || /^(?:from|import|class|def)\b/.test(text) || !code.includes(built[1] ?? '')) continue
    const driver = built[1] === 'create_pool' ? 'asyncpg' : 'psycopg'
    const said = (name: string) => {
      const argument = new RegExp(`[(,]\\s*${name}\\s*=\\s*((?:[^,()]|\\((?:[^()]|\\([^()]*\\))*\\))+)`).exec(text)?.[1]
      return argument === undefined ? undefined : numberOf(argument, constants, variables)
    }
    const [min, max] = [said('min_size'), said('max_size')]
    const least = min === undefined ? unsaid[driver].min : min
    pools.push({ line, driver, min: least, max: max === undefined ? (unsaid[driver].max ?? least) : max })
  }
  return pools
}

function numberOf(
  expression: string,
  constants: ReadonlyMap<string, string>,
  variables: Readonly<Record<string, string>>,
  depth = 0,
): number | null {
  const text = expression.trim()
  if (/^\d{1,6}$/.test(text)) return Number(text)
  const quoted = /^(["'])(\d{1,6})\1$/.exec(text)
  if (quoted?.[2]) return Number(quoted[2])
  const converted = /^int\s*\(\s*([\s\S]*)\)$/.exec(text)
  if (converted?.[1] && depth < 4) return numberOf(converted[1], constants, variables, depth + 1)
  const asked = /^(?:\w+\.)*(?:getenv|get)\s*\(\s*["'](\w+)["']\s*(?:,\s*([\s\S]+?))?\s*\)$/.exec(text)
  if (asked?.[1]) {
    const set = variables[asked[1]]
    if (set !== undefined) return /^\s*\d{1,6}\s*$/.test(set) ? Number(set) : null
    return asked[2] && depth < 4 ? numberOf(asked[2], constants, variables, depth + 1) : null
  }
  const constant = /^\w+$/.test(text) ? constants.get(text) : undefined
  return constant !== undefined && depth < 4 ? numberOf(constant, constants, variables, depth + 1) : null
}
