import { beforeAll, describe, expect, it, vi } from 'vitest'
import { dropClinicsAfterAll, type FreshClinic, freshClinic } from '#support/clinic.ts'
import { cleanUp, profileOf, workstation } from './setting.ts'

dropClinicsAfterAll()
cleanUp()

let clinic: FreshClinic
let everyday: FreshClinic['options']
beforeAll(async () => {
  clinic = await freshClinic()
  everyday = await clinic.role('USAGE ON SCHEMA public', 'SELECT ON ALL TABLES IN SCHEMA public')
})

async function opened() {
  const station = workstation()
  const connection = station.start()
  const profile = await connection.handlers['connection.save']({
    ...{ id: null, profile: profileOf(everyday), password: everyday.password, remember: false },
  })
  await connection.handlers['connection.open']({ id: profile.id, password: null })
  return { station, connection }
}

const whoIs = async (database: Awaited<ReturnType<Awaited<ReturnType<typeof opened>>['connection']['openOwner']>>) => {
  const [row] = await database.read((transaction) => transaction.query('SELECT current_user::text AS user'))
  return row?.user
}

describe('the connection of an owner', () => {
  it('reaches the same clinic as another role, is held for one job only, and stores nothing', async () => {
    const { station, connection } = await opened()
    const owner = { user: clinic.options.user, password: clinic.options.password ?? '' }
    const database = await connection.openOwner(owner)
    expect(await whoIs(database)).toBe(owner.user)
    expect(await whoIs(connection.database())).toBe(everyday.user)
    expect((await database.schema()).name).toBe('public')
    await database.close()
    expect(station.stored.size).toBe(0)
    expect(station.log.text()).not.toContain(owner.password)
    await vi.waitFor(async () => {
      const { rows } = await clinic.client.query(
        `SELECT count(*)::int AS n FROM pg_stat_activity
          WHERE datname = current_database() AND usename = $1 AND application_name = 'podoskin-admin'`,
        [owner.user],
      )
      expect(rows).toEqual([{ n: 0 }])
    })
  })

  it('is the profile’s own role when nobody else is named', async () => {
    const { connection } = await opened()
    const database = await connection.openOwner(null)
    expect(await whoIs(database)).toBe(everyday.user)
    await database.close()
  })

  it('is refused for a wrong password, and without a clinic', async () => {
    const { connection } = await opened()
    await expect(connection.openOwner({ user: clinic.options.user, password: 'no' })).rejects.toMatchObject({
      code: 'AUTHENTICATION_FAILED',
    })
    await connection.close()
    await expect(connection.openOwner(null)).rejects.toMatchObject({ code: 'NOT_CONNECTED' })
  })
})
