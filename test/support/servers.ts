import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ServerOptions, startServer } from '#scripts/postgres.js'

export type OwnServer = Awaited<ReturnType<typeof startServer>> & { remove(): Promise<void> }

/** Fast and forgetful: a test's server need not survive a power cut. */
const testSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: 100,
  shared_buffers: '32MB',
  max_wal_size: '256MB',
  autovacuum: 'off',
  timezone: 'UTC',
} as const

/** A server of one test file's own, to stop, restart or fill up. `remove` stops it and deletes its data. */
export async function ownServer({
  version = 18,
  ...options
}: Partial<Omit<ServerOptions, 'folder'>> = {}): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), 'podoskin-server-'))
  const server = await startServer({
    ...options,
    version,
    folder,
    settings: { ...testSettings, ...options.settings },
  })
  const remove = async () => {
    await server.stop()
    for (const path of [server.data, folder]) rmSync(path, { recursive: true, force: true, maxRetries: 5 })
  }
  return Object.assign(server, { remove })
}
