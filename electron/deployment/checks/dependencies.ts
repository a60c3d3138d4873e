import { backendExpiry, type Check, type CheckOutcome, hint, measured } from '#electron/deployment/check.ts'
import { findEnvironment } from '#electron/deployment/python/environment.ts'
import { findLibpq, type Packages, readPackages } from '#electron/deployment/python/packages.ts'
import { driverOf, poolsOf } from '#electron/deployment/python/pool-driver.ts'
import { readSources } from '#electron/deployment/python/source-files.ts'
import { isAtLeast } from '#electron/deployment/python/version.ts'

/** The guide's step 1. Its own command is unquoted: in a shell `>=3.1.0` would be a redirection. */
const install = 'pip install "psycopg[binary]>=3.1.0" "psycopg-pool>=3.1.0"'
const least = '3.1'

/** The guide's step 1: what the backend's Python has installed, read from its metadata; nothing is executed. */
export const dependenciesCheck: Check = {
  ...{ id: 'dependencies', step: 1, item: 'dependencies', severity: 'required' },
  ...{ expires: backendExpiry, signable: true, mayNotApply: false },
  async probe({ backend }) {
    if (backend.folder === null && backend.venv === null) {
      return { status: 'notVerifiable', evidence: [], hint: hint('folderMissing', {}, install) }
    }
    const environment = await findEnvironment(backend.folder, backend.venv)
    if (environment === null || environment.sites.length === 0) {
      return { status: 'notVerifiable', evidence: [], hint: hint('venvMissing', {}, install) }
    }
    const packages = await readPackages(environment.sites)
    const sources = backend.folder === null ? [] : (await readSources(backend.folder)).files
    return driverOf(poolsOf(sources)) === 'asyncpg' ? judgeAsyncpg(packages) : judgePsycopg(packages)
  },
}

function judgeAsyncpg(packages: Packages): CheckOutcome {
  const version = packages.get('asyncpg') ?? null
  const evidence = [measured('poolDriver', 'text', 'asyncpg'), measured('asyncpgVersion', 'text', version)]
  if (version === null) return { status: 'failed', evidence, hint: hint('asyncpgMissing', {}, 'pip install asyncpg') }
  return { status: 'passed', evidence }
}

async function judgePsycopg(packages: Packages): Promise<CheckOutcome> {
  const psycopg = packages.get('psycopg') ?? null
  const pool = packages.get('psycopg-pool') ?? null
  const compiled = ['psycopg-binary', 'psycopg-c'].find((name) => packages.has(name))
  const libpq = compiled === undefined ? await findLibpq(process.env, process.platform) : null
  const implementation = compiled?.replace('psycopg-', '') ?? (libpq === null ? null : 'libpq')
  const evidence = [
    measured('psycopgVersion', 'text', psycopg),
    measured('psycopgDriver', 'text', implementation),
    measured('psycopgPoolVersion', 'text', pool),
  ]
  const missing = [
    ...(psycopg === null ? ['psycopg'] : []),
    ...(pool === null ? ['psycopg-pool'] : []),
    ...(psycopg !== null && implementation === null ? ['psycopg[binary]'] : []),
  ]
  if (missing.length > 0) {
    return { status: 'failed', evidence, hint: hint('packagesMissing', { packages: missing.join(', ') }, install) }
  }
  const old = [psycopg, pool].some((version) => version !== null && !isAtLeast(version, least))
  if (old) return { status: 'failed', evidence, hint: hint('packagesOld', { least }, install) }
  return { status: 'passed', evidence }
}
