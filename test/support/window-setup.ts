import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClinic, fillClinic } from '#scripts/clinic/clinic.js'
import { electronEnvironment, electronRuntime } from '#scripts/electron-runtime.js'
import { startServer } from '#scripts/postgres.js'
import { as, quick, template } from './window-clinic.ts'

/** One server with a filled clinic to copy, and one Electron, for all files; workers inherit the environment. */
export default async function setup(): Promise<() => Promise<void>> {
  Object.assign(process.env, electronEnvironment(await electronRuntime({ log: console.log })))
  const folder = mkdtempSync(join(tmpdir(), 'podoskin-server-'))
  const server = await startServer({ version: 18, folder, settings: quick })
  const { host, port, user, password } = server
  const target = { host, port, user, password, database: template.name }
  await as({ ...target, database: 'postgres' }, (client) => client.query(`CREATE DATABASE ${template.name}`))
  await as(target, async (client) => {
    await createClinic(client)
    await fillClinic(client, template)
    await client.query('VACUUM ANALYZE')
  })
  process.env.PODOSKIN_TEST_SERVER = JSON.stringify({ host, port, user, password })
  return async () => {
    await server.stop()
    for (const path of [server.data, folder]) rmSync(path, { recursive: true, force: true, maxRetries: 5 })
  }
}
