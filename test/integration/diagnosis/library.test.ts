import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { DatabaseOptions } from '#electron/database/open.ts'
import { createBackendKnowledge } from '#electron/deployment/backend-knowledge.ts'
import { scanLog } from '#electron/monitoring/log/scan.ts'
import { freePort } from '#scripts/free-port.js'
import type { DeploymentState } from '#shared/deployment.ts'
import { startBackend } from '#support/backend.ts'
import { type BackendFolder, createBackendFolder, noBackend } from '#support/backend-folder.ts'
import { dropClinicsAfterAll, freshClinic } from '#support/clinic.ts'
import { counts } from '#support/log-reading.ts'
import { afterThis, endAfterEach } from './broken-server.ts'
import { diagnose, readerOf, wholePackages } from './setting.ts'
import { symptomTable } from './table.ts'

const table = symptomTable('library')
const { look } = table
endAfterEach()

let reader: DatabaseOptions
beforeAll(async () => {
  reader = await readerOf(await freshClinic())
})
dropClinicsAfterAll()

/** What the app reads of the backend's packages, as it reads them for a diagnosis. */
function packagesOf({ folder }: BackendFolder) {
  const user = { id: '1', userName: 'dra.santiago', fullName: '', roleName: 'Admin', role: 'admin' } as const
  const state = { backend: { folder, venv: null, url: null }, checks: [] } as unknown as DeploymentState
  return createBackendKnowledge({ state: () => ({ status: 'in', user }) }, () => state).packages
}

/** Starts it as the clinic does and waits for its end; returns what it printed, which is its log. */
function failedStart({ folder, python }: BackendFolder, port: number): { readonly said: string; readonly log: string } {
  const { status, stdout, stderr } = spawnSync(
    ...([python, ['-m', 'uvicorn', 'main:app', '--port', String(port)]] as const),
    { cwd: folder, encoding: 'utf8', env: { PATH: process.env.PATH, PYTHONDONTWRITEBYTECODE: '1' } },
  )
  expect(status).toBe(1)
  const log = join(folder, 'backend.log')
  writeFileSync(log, `${stdout}${stderr}`)
  return { said: `${stdout}${stderr}`, log }
}

describe.skipIf(noBackend !== null)(
  `a library that the backend lacks${noBackend === null ? '' : ` (${noBackend})`}`,
  () => {
    test.each([
      ['psycopg_pool', '"psycopg-pool>=3.1.0"'],
      ['psycopg', '"psycopg[binary]>=3.1.0"'],
      ['fastapi', 'install fastapi'],
      ['uvicorn', 'install uvicorn'],
    ])('is named: a backend without %s does not start, and the next step mends it', async (name, command) => {
      const { host, port, database, user, password } = reader
      const made = createBackendFolder({ target: { host, port, database, user, password }, without: [name] })
      afterThis(async () => made.remove())
      const free = await freePort()
      const { said, log } = failedStart(made, free)
      expect(said).toMatch(new RegExp(`No module named '?${name}'?$`, 'm'))
      const found = counts(await scanLog({ kind: 'files', paths: [log] }, { workerFile: null }))
      expect(Object.values(found)).toEqual(name === 'uvicorn' ? [] : [1])
      if (name === 'psycopg_pool') expect(found).toEqual({ poolMissing: 1 })

      const backendPackages = packagesOf(made)
      const { verdict } = await look(`${name} no instalado`, { symptom: 'library', to: reader, backendPackages })
      expect(verdict).toMatchObject({ kind: 'found', cause: 'packageMissing', facts: { name } })
      expect(verdict.commands).toHaveLength(3)
      for (const { text, place } of verdict.commands)
        expect([text, place]).toEqual([expect.stringContaining(command), 'backend'])
      // Whoever only sees that nothing answers is led to the same: starting it again would not help.
      const url = `http://127.0.0.1:${free}`
      const down = await look(`backend apagado: falta ${name}`, {
        symptom: 'backendDown',
        to: reader,
        backendPackages,
        url,
      })
      expect(down.found('backend').cause).toBe('backendDown')
      expect(down.verdict).toMatchObject({ cause: 'packageMissing', facts: { name } })

      made.install(name)
      const backend = await startBackend({ target: { host, port, database, user, password }, made })
      afterThis(backend.close)
      const after = { to: reader, backendPackages, url: backend.url, before: 'packageMissing' } as const
      expect((await diagnose({ symptom: 'library', ...after })).verdict).toMatchObject({
        kind: 'clear',
        solved: 'packageMissing',
      })
      expect((await diagnose({ symptom: 'backendDown', ...after })).verdict.solved).toBe('packageMissing')
    })

    test('may be there and too old, or nowhere to be seen', async () => {
      const old = wholePackages.map(([name, version]) => [name, name === 'psycopg-pool' ? '3.0.2' : version] as const)
      const { verdict } = await look('psycopg_pool antiguo', {
        ...{ symptom: 'library', to: reader, backendPackages: async () => new Map(old) },
      })
      expect(verdict).toMatchObject({ cause: 'packageOld', facts: { name: 'psycopg_pool', version: '3.0.2' } })
      const unseen = await look('carpeta del backend desconocida', { symptom: 'library', to: reader })
      expect(unseen.verdict).toMatchObject({ kind: 'unproven', facts: { note: 'packagesUnknown' } })
    })

    test('are told in docs/diagnostico.md as they were found', () => {
      table.expectDocumented()
    })
  },
)
