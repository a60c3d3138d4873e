import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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
  remove(): void
}

const python = '/usr/bin/python3'
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
}: {
  readonly target: BackendTarget
  readonly mode?: BackendMode | 'asyncpg'
  /** Changes or adds variables of its `.env`. */
  readonly env?: Readonly<Record<string, string>>
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
  execFileSync(python, ['-m', 'venv', '--without-pip', '--system-site-packages', join(folder, 'venv')])
  return {
    folder,
    python: join(folder, 'venv', 'bin', 'python'),
    remove: () => rmSync(parent, { recursive: true, force: true, maxRetries: 5 }),
  }
}

function writeEnv(folder: string, variables: Readonly<Record<string, string>>): void {
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`)
  writeFileSync(join(folder, '.env'), lines.join(''), { mode: 0o600 })
}
