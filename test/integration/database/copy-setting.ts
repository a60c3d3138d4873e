import type { Database } from '#electron/database/database.ts'

export const rows = 20_000
export const numbers = `COPY (SELECT n, repeat('x', 200) FROM generate_series(1, ${rows}) n ORDER BY n) TO STDOUT`
export const unlimited = { statementTimeout: 0, idleTimeout: 0 }

/** Whether a database still answers. */
export const one = async (over: Database) => (await over.read((transaction) => transaction.query('SELECT 1 AS one')))[0]

/** As many lines of COPY text, in pieces. */
export async function* lines(count: number): AsyncGenerator<Buffer> {
  for (let n = 0; n < count; n += 500) {
    const some = Array.from({ length: Math.min(500, count - n) }, (_, more) => `${n + more + 1}\tvalue\n`)
    yield Buffer.from(some.join(''))
  }
}
