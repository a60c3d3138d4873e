import type { Row } from '#electron/database/database.ts'
import type { UnderLock } from './engine.ts'

/** Bytes that the tables which lose rows take on the server, indexes left out: an upper estimate for a backup. */
export async function roomNeeded({ transaction, work }: UnderLock): Promise<number> {
  const tables = [...work.truncate, ...work.deletes].flatMap(({ key, partitions }) => [key, ...partitions])
  const [row] = await transaction.query<Row & { bytes: string }>(
    `SELECT coalesce(sum(pg_table_size(k::regclass)), 0)::text AS bytes FROM unnest($1::text[]) k`,
    [tables],
  )
  return Number(row?.bytes ?? 0)
}
