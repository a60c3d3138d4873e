import { readFileSync, statSync } from 'node:fs'
import { posix, win32 } from 'node:path'
import { z } from 'zod'
import type { Log } from '#electron/log.ts'
import { systemCode } from '#electron/system-code.ts'
import type { ProfileFields } from '#shared/connection.ts'
import { type HandlersOf, procedures } from '#shared/contract.ts'
import type { ProcedureName } from '#shared/names.ts'
import { type PolicyState, policySchema } from '#shared/policy.ts'

/** A policy is a few lines; more is none of ours. */
const MOST_BYTES = 64 * 1024

export interface PolicyOptions {
  readonly file: string
  readonly log: Log
  /** Whether the file must belong to the machine's administrator; false only for files that tests bring. */
  readonly protected?: boolean
}

export interface MachinePolicy {
  readonly handlers: HandlersOf<'policy'>
  state(): PolicyState
  /** The one connection of this workstation; null leaves people to choose, `locked` lets nobody connect. */
  connection(): ProfileFields | 'locked' | null
  /** Whether a call is taken away from this workstation. */
  forbids(name: ProcedureName): boolean
}

/**
 * Where the policy of a machine stands: a folder that only its administrators may write, and that installing, updating
 * or removing the app leaves alone.
 */
export function policyFile(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  if (platform === 'win32') {
    return win32.join(env.ProgramW6432 ?? env.ProgramFiles ?? 'C:\\Program Files', 'PodoSkin', 'policy.json')
  }
  const folder = platform === 'darwin' ? '/Library/Application Support/PodoSkin Admin' : '/etc/podoskin-admin'
  return posix.join(folder, 'policy.json')
}

/**
 * The policy of this machine, read once at the start. Without a file everything is free. A file that cannot be
 * followed never loosens anything: what it says for sure holds, and what it leaves in doubt is forbidden. Never throws.
 */
export function createPolicy({ file, log, protected: guarded = true }: PolicyOptions): MachinePolicy {
  const { state, connection } = read(file, guarded)
  if (state.problem) log.error('policy.problem', { ...state.problem })
  else if (state.managed) log.info('policy.read', { updates: state.updates, cleanup: state.cleanup })
  return {
    state: () => state,
    connection: () => connection,
    forbids: (name) =>
      state.cleanup === 'disabled' && name.startsWith('cleanup.') && procedures[name].effect === 'write',
    handlers: { 'policy.state': () => state },
  }
}

interface Read {
  readonly state: PolicyState
  readonly connection: ProfileFields | 'locked' | null
}

function read(file: string, guarded: boolean): Read {
  const free = { language: null, updates: 'free', cleanup: 'free', connection: 'free' } as const
  const strict = { language: null, updates: 'off', cleanup: 'disabled', connection: 'locked' } as const
  const refuse = (kind: NonNullable<PolicyState['problem']>['kind']): Read => ({
    state: { file, managed: true, problem: { kind, fields: '' }, ...strict },
    connection: 'locked',
  })

  let text: string
  try {
    const found = statSync(file)
    if (found.size > MOST_BYTES) return refuse('unreadable')
    // Attack: another user of the machine writes a policy that leads everybody's password to a server of theirs.
    if (guarded && process.platform !== 'win32' && (found.uid !== 0 || (found.mode & 0o022) !== 0)) {
      return refuse('notProtected')
    }
    text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    const absent = ['ENOENT', 'ENOTDIR'].includes(systemCode(error))
    return absent ? { state: { file, managed: false, problem: null, ...free }, connection: null } : refuse('unreadable')
  }
  let stored: unknown
  try {
    stored = JSON.parse(text)
  } catch {
    return refuse('notJson')
  }
  const whole = policySchema.safeParse(stored)
  if (whole.success) {
    const { language, updates, cleanup, connection } = whole.data
    return {
      state: {
        ...{ file, managed: true, problem: null, language: language ?? null },
        ...{ updates: updates ?? 'free', cleanup: cleanup ?? 'free', connection: connection ? 'fixed' : 'free' },
      },
      connection: connection ?? null,
    }
  }
  // A value that is wrong, or a name that nobody knows, may have been meant to forbid anything.
  const said = z.record(z.string(), z.unknown()).safeParse(stored)
  const language = policySchema.shape.language.safeParse(said.data?.language)
  const connection = policySchema.shape.connection.safeParse(said.data?.connection)
  const fixed = (connection.success ? connection.data : undefined) ?? null
  return {
    state: {
      ...{ file, managed: true, problem: { kind: 'invalid', fields: fieldsOf(whole.error) } },
      ...{ ...strict, language: (language.success ? language.data : undefined) ?? null },
      connection: fixed ? 'fixed' : 'locked',
    },
    connection: fixed ?? 'locked',
  }
}

/** Where the mistakes are, in the words of the file. */
function fieldsOf(error: z.ZodError): string {
  const names = error.issues.flatMap((issue) => {
    const path = issue.path.map(String)
    return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key].join('.')) : [path.join('.')]
  })
  return [...new Set(names.filter((name) => name !== ''))].slice(0, 10).join(', ').slice(0, 300)
}
