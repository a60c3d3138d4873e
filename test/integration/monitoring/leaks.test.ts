import { beforeAll, describe, expect, test } from 'vitest'
import { type DatabaseOptions, openDatabase } from '#electron/database/open.ts'
import { createSessions } from '#electron/monitoring/sessions.ts'
import { type IdleLimits, idleLimits, type SessionsView } from '#shared/monitoring-sessions.ts'
import { startBackend } from '#support/backend.ts'
import { backendToken, loadDashboard } from '#support/backend-client.ts'
import { type BackendMode, noBackend } from '#support/backend-folder.ts'
import { dropClinicsAfterAll, type FreshClinic, freshClinic } from '#support/clinic.ts'
import { recordedLog } from '#support/log.ts'

const long = process.env.PODOSKIN_LONG === '1'
/** The same limits as the product's where there is time for them, else shorter ones in the same order. */
const limits: IdleLimits = long ? idleLimits : { warning: 0.7, critical: 1.5 }

let clinic: FreshClinic
let role: DatabaseOptions
let watcher: DatabaseOptions
beforeAll(async () => {
  clinic = await freshClinic()
  role = await clinic.role('SELECT ON ALL TABLES IN SCHEMA public')
  watcher = await clinic.role('SELECT ON ALL TABLES IN SCHEMA public', 'pg_monitor')
})
dropClinicsAfterAll()

/** A backend of the clinic and somebody who looks at its sessions from outside, as the app does. */
async function watched(mode: BackendMode, options: { poolTimeout?: number } = {}) {
  const { host, port, database: name, user, password } = role
  const backend = await startBackend({ mode, target: { host, port, database: name, user, password }, ...options })
  const database = await openDatabase({ ...watcher, pool: { warm: 0, max: 2 }, log: recordedLog() })
  const sessions = createSessions({
    ...{ database: () => database, log: recordedLog(), limits },
    ...{ watch: () => false, onLook: () => undefined, who: () => '' },
    openOwner: () => openDatabase(watcher),
  })
  return {
    backend,
    look: () => sessions.lookAt(database),
    async close() {
      sessions.close()
      await database.close(0)
      await backend.close()
    },
  }
}

const ofBackend = ({ sessions }: SessionsView) => sessions.filter(({ user, own }) => user === role.user && !own)

describe.skipIf(noBackend !== null)(
  noBackend === null ? 'leaks, seen from outside' : `leaks, seen from outside (skipped: ${noBackend})`,
  () => {
    test('connections that never come back are found before the pool times out, and still when it has', async () => {
      const { backend, look, close } = await watched('never-returned', { poolTimeout: long ? 30 : 2 })
      try {
        const bearer = await backendToken(backend)
        expect((await look()).status).toBe('clean')
        for (let request = 0; request < 3; request++) expect(await loadDashboard(backend, bearer)).toBe(200)
        await expect.poll(async () => (await look()).status, { timeout: 120_000, interval: 100 }).toBe('critical')
        const before = await look()
        expect(ofBackend(before).filter(({ level }) => level !== 'ok')).toHaveLength(3)
        expect(backend.log()).not.toMatch(/PoolTimeout|rolling back returned/)

        // Twenty are all that the pool has: the next request waits, and fails.
        const more = await Promise.all(Array.from({ length: 18 }, () => loadDashboard(backend, bearer)))
        expect(more).toContain(500)
        await backend.logged(/PoolTimeout/)
        await expect
          .poll(async () => ofBackend(await look()).filter(({ level }) => level === 'critical').length, {
            timeout: 120_000,
            interval: 100,
          })
          .toBe(20)
        const after = await look()
        expect(after.applications[0]).toMatchObject({ inTransaction: 20, level: 'critical' })
        // Only the sessions say so: the log has no word of a connection that came back wrong.
        expect(backend.log()).not.toMatch(/rolling back returned/)
      } finally {
        await close()
      }
    }, 300_000)

    test('connections that come back inside a transaction are not seen here: only the log tells them', async () => {
      const { backend, look, close } = await watched('in-transaction')
      try {
        const bearer = await backendToken(backend)
        const seen = new Set<string>()
        for (let request = 0; request < 40; request++) {
          expect(await loadDashboard(backend, bearer)).toBe(200)
          seen.add((await look()).status)
        }
        expect([...seen]).toEqual(['clean'])
        expect(backend.log().match(/rolling back returned connection: .*\[INTRANS\]/g)?.length).toBeGreaterThanOrEqual(
          40,
        )
        // Whoever may not see the sessions is not told that they are clean.
        const blind = await openDatabase({
          ...(await clinic.role('SELECT ON usuarios, pacientes, citas')),
          log: recordedLog(),
        })
        const sessions = createSessions({
          ...{ database: () => blind, log: recordedLog(), watch: () => false, onLook: () => undefined, who: () => '' },
          openOwner: () => openDatabase(watcher),
        })
        expect((await sessions.lookAt(blind)).status).toBe('notVerifiable')
        sessions.close()
        await blind.close(0)
      } finally {
        await close()
      }
    }, 120_000)
  },
)
