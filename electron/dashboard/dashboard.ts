import type { Database, Transaction } from '#electron/database/database.ts'
import type { ClinicSchema } from '#electron/database/schema.ts'
import type { Log } from '#electron/log.ts'
import { toWire } from '#electron/wire.ts'
import type { HandlersOf } from '#shared/contract.ts'
import type { Dashboard, DashboardFigures, DashboardRange, Figure } from '#shared/dashboard.ts'
import { AppError, type ErrorCode } from '#shared/errors.ts'
import { readAgenda } from './agenda.ts'
import { appointments } from './appointments.ts'
import { chosenPeriod } from './chosen.ts'
import { expenses } from './expenses.ts'
import { inventory } from './inventory.ts'
import { readMoment } from './moment.ts'
import { occupancy } from './occupancy.ts'
import { patients } from './patients.ts'
import { periodsAround } from './periods.ts'
import { type Snapshot, unavailable } from './question.ts'
import { revenue } from './revenue.ts'
import { treatments } from './treatments.ts'

export interface DashboardParts {
  /** The open connection. Throws `NOT_CONNECTED` when there is none. */
  readonly database: () => Database
  /** The clinic's IANA zone: "today" is a day of it. */
  readonly zone: () => string
  readonly log: Log
  /** A civil time `YYYY-MM-DDTHH:MM:SS` to stand in for the server's clock. Tests only. */
  readonly now?: string
}

const questions = [...[appointments, patients, revenue, occupancy, treatments], ...[expenses, inventory]] as const
type Asked = (typeof questions)[number]

/** Failures of one statement, after which the connection and the other questions are still good. */
const local: ReadonlySet<ErrorCode> = new Set([
  'PRIVILEGE_MISSING',
  'SCHEMA_CHANGED',
  'STATEMENT_TIMEOUT',
  'LOCK_TIMEOUT',
  'DISK_FULL',
  'SERVER_ERROR',
  'INTERNAL',
])

/** A statistics statement may not hold up the clinic's work, nor be held up by it for long. */
const options = { jit: false, pipeline: true, statementTimeout: 20_000, lockTimeout: 2_000 } as const

/**
 * The clinic's statistics. `dashboard.load` answers every figure of the guide's two endpoints and of the finance
 * screen from one snapshot on one connection; equal loads in flight share one answer. A figure that cannot be read says why and
 * leaves the others alone. Throws the codes of a connection that fails (`NOT_CONNECTED`, `CONNECTION_LOST`,
 * `POOL_TIMEOUT`, …): then there is no figure at all.
 */
export function createDashboard(parts: DashboardParts): { readonly handlers: HandlersOf<'dashboard'> } {
  const lacking = new WeakSet<Database>()
  return {
    handlers: {
      'dashboard.load': (range) => {
        const database = parts.database()
        const zone = parts.zone()
        return database.share(`dashboard.load ${JSON.stringify(range)} ${zone}`, async () => {
          // What was missing may have come since, and the right to read it may have been given.
          if (lacking.has(database)) await database.schema({ again: true })
          const dashboard = await load(database, zone, range, parts)
          if (lacks(dashboard)) lacking.add(database)
          else lacking.delete(database)
          return dashboard
        })
      },
    },
  }
}

/** Whether a figure does not exist for want of a table, a column or a right. */
function lacks({ figures }: Dashboard): boolean {
  return Object.values(figures).some((figure) => figure.state === 'unavailable' && figure.why.reason !== 'noSchedule')
}

async function load(
  database: Database,
  zone: string,
  range: DashboardRange,
  parts: DashboardParts,
): Promise<Dashboard> {
  const started = performance.now()
  const read = async (ask: Ask) => {
    // Before the transaction: a request that holds a client must not wait for another.
    const schema = await database.schema()
    return database.read((transaction) => snapshot(transaction, schema, ask), options)
  }
  const snapshot = async (
    transaction: Transaction,
    schema: ClinicSchema,
    ask: Ask,
  ): Promise<Omit<Dashboard, 'milliseconds'>> => {
    const moment = await readMoment(transaction, schema, zone)
    const periods = periodsAround(parts.now ?? moment.now)
    const chosen = chosenPeriod(range, periods.today)
    const around = { transaction, schema, periods, chosen, indexes: moment.indexes }
    let groups: ReturnType<Snapshot['agenda']> | null = null
    const shot: Snapshot = {
      ...around,
      agenda() {
        groups ??= readAgenda(around)
        return groups
      },
    }
    const answers = await Promise.all(questions.map((question) => ask(question, shot)))
    const figures = Object.assign({}, ...answers) as DashboardFigures
    const period = { from: chosen.first, to: chosen.last }
    return { takenAt: periods.now, today: periods.today, zone, range, period, figures }
  }
  const dashboard = await read((question, shot) => question.ask(shot)).catch((error: unknown) => {
    if (!isLocal(error)) throw error
    // Savepoints cost as many round trips again as the load itself, so they are kept for when something is wrong.
    return read((question, shot) => askAlone(question, shot, parts.log))
  })
  return { ...dashboard, milliseconds: Math.round(performance.now() - started) }
}

type Ask = (question: Asked, snapshot: Snapshot) => Promise<Partial<DashboardFigures>>

/** Asks one question within a savepoint; its failure becomes the state of its own figures. */
async function askAlone(question: Asked, snapshot: Snapshot, log: Log): Promise<Partial<DashboardFigures>> {
  const each = (figure: Extract<Figure<never>, { state: 'error' | 'unavailable' }>): Partial<DashboardFigures> =>
    Object.fromEntries(question.figures.map((name) => [name, figure]))
  try {
    return await snapshot.transaction.attempt<Partial<DashboardFigures>>(() => question.ask(snapshot))
  } catch (error) {
    if (!isLocal(error)) throw error
    const wire = toWire(error)
    log.warn('dashboard.question', { figures: question.figures.join(','), code: wire.code, ref: wire.ref })
    const table = wire.code === 'PRIVILEGE_MISSING' ? await lostTable(question, snapshot) : null
    return each(table ? unavailable({ reason: 'privilegeMissing', table }) : { state: 'error', error: wire })
  }
}

/** The table of a question that may no longer be read: the right can go after the schema was looked up. */
async function lostTable(question: Asked, { transaction, schema }: Snapshot): Promise<string | null> {
  for (const table of question.tables.filter((name) => schema.table(name))) {
    const [row] = await transaction.query(`SELECT has_table_privilege($1::regclass, 'SELECT') AS readable`, [
      schema.quoted(table),
    ])
    if (row?.readable === false) return table
  }
  return null
}

function isLocal(error: unknown): boolean {
  return !(error instanceof AppError) || local.has(error.code)
}
