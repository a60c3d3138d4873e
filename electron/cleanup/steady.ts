import type { Transaction } from '#electron/database/database.ts'

/**
 * Values read the same in every session: rows become text for COPY and for fingerprints, and a backup must mean the
 * same on the day when it is restored. Until the end of the transaction.
 */
export async function steady(transaction: Transaction): Promise<void> {
  await transaction.query(
    Object.entries(settings)
      .map(([name, value], i) => `${i === 0 ? 'SELECT ' : ''}set_config('${name}', '${value}', true)`)
      .join(', '),
  )
}

const settings = {
  timezone: 'UTC',
  datestyle: 'ISO, YMD',
  intervalstyle: 'postgres',
  extra_float_digits: '1',
  bytea_output: 'hex',
  xmloption: 'content',
  lc_monetary: 'C',
} as const

/**
 * A COMMIT that was answered is on the server's disk, also where the server was told not to wait for it: otherwise a
 * power cut a moment later would bring back what the backup says is gone.
 */
export async function lasting(transaction: Transaction): Promise<void> {
  await transaction.query(
    `SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'`,
  )
}

/** How rows travel, in both directions, whatever the encoding of the database. */
export const copyFormat = `(FORMAT text, ENCODING 'UTF8')`
