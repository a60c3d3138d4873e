import { createHash } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '#electron/log.ts'
import { withUrlParts } from '#electron/postgres-url.ts'
import { replaceFile } from '#electron/replace-file.ts'
import { systemCode } from '#electron/system-code.ts'
import {
  type EnvFile,
  type EnvVariable,
  guideVariables,
  secretVariables,
  type WriteEnvInput,
} from '#shared/deployment-env.ts'
import { AppError } from '#shared/errors.ts'
import { judgeEnv, olderNames, placesOf, type Target } from './env/judge.ts'
import { differingNames, valuesOf } from './env/lines.ts'
import { type EnvText, readEnv } from './env/read.ts'
import { newKey } from './env/secrets.ts'
import { withValues } from './env/write.ts'

/** Only its owner reads what holds the keys of the clinic. */
const ownerOnly = 0o600

/** What a new file begins with: the guide's own example, without its values. */
const template =
  '# Database\nDB_HOST=\nDB_PORT=\nDB_NAME=\nDB_USER=\nDB_PASSWORD=\n\n# JWT\nJWT_SECRET_KEY=\n\n# Server\nPORT=\nDEBUG=\nALLOWED_ORIGINS=\n'

export interface EnvEditorParts {
  /** The backend's folder that a person chose; null when nobody did. */
  readonly folder: () => string | null
  /** The connection in use, which the file should lead to; null without one. */
  readonly target: () => Target | null
  readonly log: Log
}

export interface EnvEditor {
  read(): Promise<EnvFile>
  write(input: WriteEnvInput): Promise<EnvFile>
}

/**
 * Shows and writes the backend's `.env`. Secrets never leave it. Throws `NOT_FOUND` without a folder or a readable file,
 * `ENV_CHANGED` when the file is no longer the one that was shown, `ENV_VALUE_UNWRITABLE` for a value that no reader of
 * `.env` would read back, and `FILE_NOT_WRITTEN`.
 */
export function createEnvEditor({ folder, target, log }: EnvEditorParts): EnvEditor {
  const pathOf = () => {
    const chosen = folder()
    if (chosen === null) throw new AppError('NOT_FOUND', { what: 'backendFolder' })
    return join(chosen, '.env')
  }

  return {
    async read() {
      const path = pathOf()
      return fileOf(path, await readEnv(path), target(), null)
    },

    async write(input) {
      const path = pathOf()
      const before = await readEnv(path)
      if (stampOf(before) !== input.stamp) throw new AppError('ENV_CHANGED')
      const text = correctedText(before?.text.replace(/^\uFEFF/, '') ?? template, input)
      const copy = before === null ? null : await keepCopy(path, before)
      await replace(path, text, before)
      log.info('env.written', { created: before === null, newKey: input.newKey })
      return fileOf(path, await readEnv(path), target(), copy)
    },
  }
}

function correctedText(text: string, { values, password, newKey: wantsKey }: WriteEnvInput): string {
  const there = valuesOf(text)
  const has = (variable: 'JWT_SECRET_KEY' | 'DB_PASSWORD') => placesOf(variable, there)[0]?.value
  const key = wantsKey ? newKey() : (has('JWT_SECRET_KEY') ?? newKey())
  const secret = password ?? has('DB_PASSWORD')
  const wanted = new Map<string, string>([
    ['DB_HOST', values.DB_HOST],
    ['DB_PORT', String(values.DB_PORT)],
    ['DB_NAME', values.DB_NAME],
    ['DB_USER', values.DB_USER],
    ...(secret === undefined ? [] : [['DB_PASSWORD', secret] as const]),
    ['JWT_SECRET_KEY', key],
    ['PORT', String(values.PORT)],
    ['DEBUG', String(values.DEBUG)],
    ['ALLOWED_ORIGINS', values.ALLOWED_ORIGINS.join(',')],
  ])
  // An older backend reads the older names: where they stand, they say the same.
  for (const variable of guideVariables) {
    const older = olderNames[variable]
    const value = wanted.get(variable)
    if (older !== undefined && value !== undefined && there.has(older)) wanted.set(older, value)
  }
  const url = withUrlParts(there.get('DATABASE_URL') ?? '', {
    host: values.DB_HOST,
    port: String(values.DB_PORT),
    database: values.DB_NAME,
    user: values.DB_USER,
    ...(secret === undefined ? {} : { password: secret }),
  })
  if (url !== null) wanted.set('DATABASE_URL', url)
  const result = withValues(text, wanted)
  if (result === null) throw new AppError('ENV_VALUE_UNWRITABLE')
  return result
}

/** A name that nothing overwrites, sorted by its time. */
async function keepCopy(path: string, { text }: EnvText): Promise<string> {
  const moment = new Date().toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15)
  for (let number = 0; ; number++) {
    const name = `.env.anterior-${moment}${number === 0 ? '' : `-${number}`}`
    const file = `${path}${name.slice('.env'.length)}`
    try {
      await writeFile(file, text, { mode: ownerOnly, flag: 'wx', flush: true })
      return name
    } catch (error) {
      const taken = systemCode(error) === 'EEXIST'
      if (taken && number < 99) continue
      // What a full disk took of it would pass for a copy.
      if (!taken) await rm(file, { force: true }).catch(() => undefined)
      throw new AppError('FILE_NOT_WRITTEN', { what: 'env' }, { cause: error })
    }
  }
}

async function replace(path: string, text: string, before: EnvText | null): Promise<void> {
  const own = process.getuid?.()
  // Ours to read only, it would lock out the user under whom the backend runs.
  if (before !== null && own !== undefined && own !== 0 && own !== before.owner) {
    throw new AppError('FILE_NOT_WRITTEN', { what: 'env', owner: 'other' })
  }
  try {
    await replaceFile(path, text, { mode: ownerOnly })
  } catch (error) {
    throw new AppError('FILE_NOT_WRITTEN', { what: 'env' }, { cause: error })
  }
}

function stampOf(read: EnvText | null): string | null {
  return read === null ? null : createHash('sha256').update(read.text).digest('hex')
}

function fileOf(path: string, read: EnvText | null, target: Target | null, copy: string | null): EnvFile {
  const text = read?.text ?? ''
  const values = valuesOf(text)
  const judged = judgeEnv(values, differingNames(text), target)
  const variables = guideVariables.map((name): EnvVariable => {
    const places = placesOf(name, values)
    const value = places[0]?.value ?? null
    const names = [name, ...places.map((place) => place.name)]
    const flaws = Object.entries(judged).flatMap(([flaw, flawed]) =>
      flawed.some((one) => names.includes(one)) ? [flaw as EnvVariable['flaws'][number]] : [],
    )
    // An address typed where a host belongs may carry a password.
    const shown = secretVariables.includes(name) || value === null || value.includes('@') ? null : value
    return { name, set: value !== null, value: shown, flaws }
  })
  const known = new Set<string>([...guideVariables, ...Object.values(olderNames), 'DATABASE_URL'])
  const others = [...values.keys()].filter((name) => !known.has(name)).length
  return { path, exists: read !== null, variables, others, stamp: stampOf(read), copy }
}
