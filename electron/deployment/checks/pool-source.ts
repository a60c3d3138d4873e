import { join } from 'node:path'
import { backendExpiry, type Check, hint, measured } from '#electron/deployment/check.ts'
import { valuesOf } from '#electron/deployment/env/lines.ts'
import { readEnv } from '#electron/deployment/env/read.ts'
import { connectionUses } from '#electron/deployment/python/connections.ts'
import { driverOf, poolsOf } from '#electron/deployment/python/pool-driver.ts'
import { readSources } from '#electron/deployment/python/source-files.ts'
import { poolDefaults } from '#shared/connection.ts'
import type { EvidenceKey } from '#shared/deployment.ts'

/** The most places that are listed; the count says how many there are. */
const mostPlaces = 40

const evidenceOf = {
  notReturned: 'sourceNotReturned',
  noFinally: 'sourceNoFinally',
  noRollback: 'sourceNoRollback',
  noRollbackOnError: 'sourceNoRollbackOnError',
  unclear: 'sourceUnclear',
} as const satisfies Record<string, EvidenceKey>

/**
 * The guide's correct pattern, looked for wherever the backend takes a connection, and the sizes that its pool really
 * has. A file and a line for each that is wrong.
 */
export const poolSourceCheck: Check = {
  ...{ id: 'poolSource', step: 3, item: 'pool', severity: 'required' },
  ...{ expires: backendExpiry, signable: true, mayNotApply: false },
  async probe({ backend }) {
    if (backend.folder === null) return { status: 'notVerifiable', evidence: [], hint: hint('folderMissing') }
    const { files, partial } = await readSources(backend.folder)
    const env = await readEnv(join(backend.folder, '.env')).catch(() => null)
    const pools = poolsOf(files, Object.fromEntries(valuesOf(env?.text ?? '')))
    const uses = files.flatMap(({ path, text }) => connectionUses(text).map((use) => ({ ...use, path })))
    const listed = (Object.keys(evidenceOf) as (keyof typeof evidenceOf)[]).flatMap((problem) => {
      const places = uses.filter(({ problems }) => problems.includes(problem))
      const lines = places.map(({ path, line, name }) => `${path}:${line} ${name}`.trim().slice(0, 300))
      return places.length === 0 ? [] : [measured(evidenceOf[problem], 'list', lines.slice(0, mostPlaces))]
    })
    const evidence = [
      measured('sourceUses', 'integer', uses.length),
      measured('sourceFiles', 'integer', files.length),
      ...listed,
      ...pools
        .slice(0, mostPlaces)
        .map(({ path, line, driver, min, max }) =>
          measured('sourcePool', 'text', `${path}:${line} ${driver} ${min ?? '?'}–${max ?? '?'}`.slice(0, 300)),
        ),
    ]
    const wrong = uses.filter(({ problems }) => problems.some((problem) => problem !== 'unclear')).length
    if (wrong > 0) return { status: 'failed', evidence, hint: hint('sourceLeaks', { count: wrong }) }
    if (pools.length === 0) return { status: 'notVerifiable', evidence, hint: hint('sourceNoPool') }
    const small = pools.some(({ min, max }) => (min ?? 99) < poolDefaults.warm || (max ?? 99) < poolDefaults.max)
    if (small) {
      const { warm, max } = poolDefaults
      return { status: 'warning', evidence, hint: hint('sourcePoolSmall', { min: warm, max }) }
    }
    const unread = partial || pools.some(({ min, max }) => min === null || max === null)
    const unclear = uses.some(({ problems }) => problems.length > 0)
    // asyncpg's own `acquire()` and `fetch()` leave nothing open, and are not looked for.
    if (uses.length === 0 && driverOf(pools) !== 'asyncpg') {
      return { status: 'notVerifiable', evidence, hint: hint('sourceNoUses') }
    }
    if (unread || unclear) return { status: 'warning', evidence, hint: hint('sourcePartly') }
    return { status: 'passed', evidence }
  },
}
