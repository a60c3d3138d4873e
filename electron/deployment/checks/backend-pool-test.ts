import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { backendExpiry, type Check, hint, measured } from '#electron/deployment/check.ts'
import { findEnvironment } from '#electron/deployment/python/environment.ts'
import { runScript } from '#electron/deployment/python/run-script.ts'

const script = 'test_connection_pool.py'
const patience = 60_000

/** The lines of the guide's step 3. Whatever else it prints may hold an address or a password, and is not kept. */
const lines = {
  ready: /^\W*Pool inicializado correctamente\W*$/,
  query: /^\W*Query \d{1,4}: \d{1,9} usuarios?\W*$/,
  passed: /^\W*TODAS LAS PRUEBAS PASARON\W*$/,
  failed: /^❌ (?:Query \d{1,4}: [\w.]{1,60}|ALGUNAS PRUEBAS FALLARON|Error al inicializar el pool: [\w.]{1,60})$/,
}

/** The guide's step 3: the clinic's own test of its pool, run with its own Python, its lines judged. */
export const backendPoolTestCheck: Check = {
  ...{ id: 'backendPoolTest', step: 3, item: 'pool', severity: 'required' },
  ...{ expires: backendExpiry, signable: true, mayNotApply: false },
  async probe({ backend }, { signal }) {
    const { folder } = backend
    if (folder === null) return { status: 'notVerifiable', evidence: [], hint: hint('folderMissing') }
    const there = await stat(join(folder, script)).catch(() => null)
    if (!there?.isFile()) return { status: 'notVerifiable', evidence: [], hint: hint('poolScriptMissing') }
    const environment = await findEnvironment(folder, backend.venv)
    if (!environment?.python) {
      return { status: 'notVerifiable', evidence: [], hint: hint('venvMissing', {}, `python ${script}`) }
    }
    const run = await runScript({ python: environment.python, folder, script, signal, patience })
    const said = run.stdout.split(/\r?\n/).map((line) => line.trim())
    const kept = said.filter((line) => Object.values(lines).some((pattern) => pattern.test(line))).slice(0, 60)
    const queries = kept.filter((line) => lines.query.test(line) && !line.startsWith('❌')).length
    const leaks = (run.stdout + run.stderr).match(/rolling back returned connection/g)?.length ?? 0
    const evidence = [
      measured('scriptQueries', 'integer', queries),
      measured('scriptTime', 'milliseconds', Math.round(run.milliseconds)),
      measured('scriptCode', 'integer', run.code),
      measured('scriptLeaks', 'integer', leaks),
    ]
    const outcome = (code: Parameters<typeof hint>[0]) => ({
      status: 'failed' as const,
      evidence,
      lines: kept,
      hint: hint(code),
    })
    if (run.timedOut) return outcome('scriptTimeout')
    const complete = said.some((line) => lines.ready.test(line)) && said.some((line) => lines.passed.test(line))
    if (run.code !== 0 || said.some((line) => line.startsWith('❌')) || !complete || queries === 0) {
      return outcome('scriptFailed')
    }
    if (leaks > 0) return outcome('scriptLeaks')
    return { status: 'passed', evidence, lines: kept }
  },
}
