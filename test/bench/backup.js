import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '#scripts/process.js'
import { notice } from '#scripts/say.js'
import { interleaved, time } from './measure.js'
import { row } from './report.js'

/** @typedef {import('#electron/cleanup/backup/manifest.ts').TableHead} TableHead */
/** @typedef {import('#electron/cleanup/backup/types.ts').BackupWriter} BackupWriter */

const quiet = { info() {}, warn: console.warn, error: console.error }
const passphrase = 'correct horse battery staple'
const megabyte = 1024 * 1024

/**
 * Backing up every table of the clinic, and reading it again, beside the same work by hand. Only reads the clinic. The
 * budget is for a million: below, the half second that a passphrase costs is most of the difference.
 * @param {import('./product.js').Product} product
 * @param {import('./clinic.js').BenchClinic} clinic
 * @param {number} appointments
 * @returns {Promise<import('./report.js').Row[]>}
 */
export async function backupRows(product, clinic, appointments) {
  const size = appointments.toLocaleString('en')
  mkdirSync(join(root, 'out', 'bench'), { recursive: true })
  const folder = mkdtempSync(join(root, 'out', 'bench', 'backup-'))
  const database = await product.openDatabase({
    ...clinic.connection,
    ...{ tls: { mode: 'disable', ca: null }, schema: null, pool: { warm: 0, max: 2 }, log: quiet },
  })
  try {
    const tables = await readTables(database)
    const own = await ownBackup(product, database, { folder, tables })
    const hand = byHand(clinic, { folder, tables, level: product.level })
    const memory = watchMemory()
    const took = await interleaved(
      {
        backup: () => memory.during(own.write),
        hand: hand.write,
        read: () => memory.during(own.read),
        handRead: hand.read,
      },
      { rounds: appointments > 300_000 ? 2 : 5, warmUp: appointments > 300_000 ? 0 : 1 },
    )
    const bytes = `${Math.round(own.text() / megabyte)} MB of COPY text in ${Math.round(own.bytes() / megabyte)} MB`
    notice('pg_dump: not measured, Debian’s is older than the server and refuses it')
    return [
      row({
        id: `backup.write.${appointments}`,
        what: `Backup, ${size} appointments, encrypted (${bytes}), against psql COPY | gzip -${product.level}`,
        ...{
          measured: took.backup,
          reference: took.hand,
          unit: 'ms',
          ...(appointments < 1_000_000 ? {} : { budget: 1.5 }),
        },
      }),
      row({
        id: `backup.read.${appointments}`,
        what: 'Reading it again with every check, against gunzip | sha256sum',
        ...{ measured: took.read, reference: took.handRead, unit: 'ms' },
      }),
      row({
        id: `backup.memory.${appointments}`,
        what: 'Memory of the process while it writes and reads, beyond what it had before',
        ...{ measured: memory.extra() / megabyte, unit: 'MB', budget: 150 },
      }),
    ]
  } finally {
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {import('#electron/database/database.ts').Database} database @returns {Promise<TableHead[]>} */
async function readTables(database) {
  const rows = await database.read((transaction) =>
    transaction.query(
      `SELECT nspname AS schema, relname AS name, array_agg(attname::text ORDER BY attnum) AS columns
         FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
         JOIN pg_attribute ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
        WHERE relkind = 'r' AND nspname = 'public' GROUP BY 1, 2 ORDER BY 2`,
    ),
  )
  return rows.map((each) => {
    const { schema, name, columns } = /** @type {{ schema: string, name: string, columns: string[] }} */ (each)
    return { key: `${schema}.${name}`, schema, name, columns, role: 'deleted', keyColumns: [] }
  })
}

/** @param {TableHead} table */
const copyOut = ({ schema, name, columns }) =>
  `COPY (SELECT ${columns.map((column) => `"${column}"`).join(', ')} FROM "${schema}"."${name}") TO STDOUT`

/**
 * @param {import('./product.js').Product} product
 * @param {import('#electron/database/database.ts').Database} database
 * @param {{ folder: string, tables: readonly TableHead[] }} what
 */
async function ownBackup({ createBackup, readBackup }, database, { folder, tables }) {
  const signal = new AbortController().signal
  const options = { folder, baseName: 'bench', app: { name: 'bench', version: '0' }, expectedBytes: 0, signal }
  const rest = {
    ...{ server: { host: '', port: 0, version: '' }, database: '', schema: null, environment: '', planHash: '' },
    ...{ encoding: /** @type {const} */ ('UTF8'), structure: null, fingerprints: null, counts: {} },
  }
  /** @type {BackupWriter | null} */
  let last = null
  let [text, bytes] = [0, 0]
  return {
    text: () => text,
    bytes: () => bytes,
    async write() {
      await last?.abandon()
      text = 0
      await database.write(
        async (transaction) => {
          const writer = await createBackup({ ...options, protection: { kind: 'passphrase', passphrase } })
          last = writer
          for (const table of tables) {
            text += (await writer.addTable(table, await transaction.copyOut(copyOut(table)))).bytes
          }
          bytes = (await writer.finish(rest)).bytes
        },
        { statementTimeout: 0, idleTimeout: 0 },
      )
    },
    async read() {
      if (last === null) throw new Error('nothing was written')
      await readBackup(last.file, { passphrase })
    },
  }
}

/**
 * @param {import('./clinic.js').BenchClinic} clinic
 * @param {{ folder: string, tables: readonly TableHead[], level: number }} what
 */
function byHand({ connection }, { folder, tables, level }) {
  const file = join(folder, 'hand.gz')
  const { host, port, user, password, database } = connection
  const env = { ...process.env, PGHOST: host, PGPORT: String(port), PGUSER: user, PGPASSWORD: password }
  /** @param {string} command @param {readonly string[]} parameters */
  const bash = async (command, parameters) => {
    const child = spawn('bash', ['-o', 'pipefail', '-c', command, 'bash', ...parameters], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const [code] = await once(child, 'exit')
    if (code !== 0) throw new Error(`by hand: exit ${code}`)
  }
  const out = tables.flatMap((table) => ['-c', copyOut(table)])
  return {
    write: () =>
      time(() =>
        bash(`out="$1"; level="$2"; shift 2; psql -X -q "$@" | gzip "-$level" > "$out" && sync "$out"`, [
          file,
          String(level),
          '-d',
          database,
          ...out,
        ]),
      ),
    read: () => time(() => bash('gunzip -c "$1" | sha256sum', [file])),
  }
}

/** The most memory of one run beyond what the process had before it, seen every 20 ms. */
function watchMemory() {
  let extra = 0
  return {
    extra: () => extra,
    /** @param {() => Promise<unknown>} work */
    async during(work) {
      const before = process.memoryUsage.rss()
      const timer = setInterval(() => {
        extra = Math.max(extra, process.memoryUsage.rss() - before)
      }, 20)
      try {
        return await time(work)
      } finally {
        clearInterval(timer)
      }
    },
  }
}
