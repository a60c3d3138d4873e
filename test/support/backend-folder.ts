import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * How the backend behaves; its source says the same, for whoever reads it.
 * - `in-transaction`: connections come back inside a transaction; only the log shows it.
 * - `never-returned`: connections of the dashboard never come back; the pool ends in `PoolTimeout`.
 * - `zeros`: 200 with zeros when its query fails. `errors`: 500. `slow`: over half a second for the dashboard.
 * - `rate-limited`: every login answers 429.
 */
export type BackendMode = 'correct' | 'in-transaction' | 'never-returned' | 'zeros' | 'slow' | 'errors' | 'rate-limited'

export interface BackendTarget {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password: string | null
}

export interface BackendFolder {
  /** The clinic's `backend/`: sources, `.env`, `test_connection_pool.py`, `venv/`. */
  readonly folder: string
  /** The python of its `venv/`. */
  readonly python: string
  /** Puts a package of Debian's into a `venv/` that was made without it. */
  install(name: string): void
  remove(): void
}

const python = '/usr/bin/python3'
/** Where Debian keeps the packages of its python. */
const debian = '/usr/lib/python3/dist-packages'
const modules = 'import psycopg, psycopg_pool, fastapi, uvicorn'

/** The reason that stands in the name of a skipped test; null where the backend can run. */
export const noBackend: string | null = (() => {
  const missing =
    'the test backend needs apt-get install python3-psycopg python3-psycopg-pool python3-fastapi python3-uvicorn'
  if (!existsSync(python)) return missing
  try {
    execFileSync(python, ['-c', modules], { stdio: 'ignore' })
    return null
  } catch {
    return missing
  }
})()

/**
 * A clinic's `backend/` folder in a new temporary folder, not started. `asyncpg` is there to be read only: its pool has
 * no words in the log.
 */
export function createBackendFolder({
  target,
  mode = 'correct',
  env = {},
  without = [],
}: {
  readonly target: BackendTarget
  readonly mode?: BackendMode | 'asyncpg'
  /** Changes or adds variables of its `.env`. */
  readonly env?: Readonly<Record<string, string>>
  /** Packages that its `venv/` lacks, by the name that is imported; it then sees none of the system's but its own. */
  readonly without?: readonly string[]
}): BackendFolder {
  const parent = mkdtempSync(join(tmpdir(), 'podoskin-backend-'))
  const folder = join(parent, 'backend')
  const source = join(import.meta.dirname, 'backend')
  cpSync(join(source, 'clinic'), folder, { recursive: true })
  if (mode !== 'correct') cpSync(join(source, 'modes', mode), folder, { recursive: true })
  const variables = {
    DB_HOST: target.host,
    DB_PORT: String(target.port),
    DB_NAME: target.database,
    DB_USER: target.user,
    DB_PASSWORD: target.password ?? '',
    JWT_SECRET_KEY: randomBytes(48).toString('base64url'),
    PORT: '8000',
    DEBUG: 'false',
    ALLOWED_ORIGINS: 'https://clinica.example.mx',
    ...env,
  }
  writeEnv(folder, variables)
  // Debian's packages, seen from an environment of its own as a clinic has one.
  const shared = without.length === 0 ? ['--system-site-packages'] : []
  execFileSync(python, ['-m', 'venv', '--without-pip', ...shared, join(folder, 'venv')])
  const install = (which: (name: string) => boolean) => {
    const [version = ''] = readdirSync(join(folder, 'venv', 'lib'))
    const site = join(folder, 'venv', 'lib', version, 'site-packages')
    for (const name of readdirSync(debian).filter((one) => which(moduleName(one))))
      symlinkSync(join(debian, name), join(site, name))
  }
  if (without.length > 0) install((name) => !without.includes(name))
  return {
    folder,
    python: join(folder, 'venv', 'bin', 'python'),
    install: (wanted) => install((name) => name === wanted),
    remove: () => rmSync(parent, { recursive: true, force: true, maxRetries: 5 }),
  }
}

/** `psycopg_pool` of `psycopg_pool` itself and of `psycopg_pool-3.1.5.dist-info`. */
function moduleName(entry: string): string {
  return entry.replace(/(?:-\d.*)?\.(?:dist|egg)-info$/, '').replace(/\.py$/, '')
}

function writeEnv(folder: string, variables: Readonly<Record<string, string>>): void {
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`)
  writeFileSync(join(folder, '.env'), lines.join(''), { mode: 0o600 })
}
