import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { build } from 'vite'
import { createKeyPair } from '#electron/cleanup/backup/encryption.ts'
import { type RunOptions, runCleanup } from '#electron/cleanup/run.ts'
import type { Database } from '#electron/database/database.ts'
import { type DatabaseOptions, openDatabase } from '#electron/database/open.ts'
import type { Decisions } from '#shared/cleanup.ts'
import { type FreshClinic, freshClinic } from '#support/clinic.ts'
import { type NetworkProxy, startProxy } from '#support/proxy.ts'
import { type OwnServer, ownServer } from '#support/servers.ts'
import { createSmallClinic } from '#support/small-clinic.ts'
import { confirmed, type Desk, desk, restore } from './backed-up.ts'
import { decide, demoClinic, everything } from './setting.ts'

/** Where a run can be hit; with the proof the re-reading is part of it. */
export const phases = ['lock', 'export', 'reread', 'proof', 'empty', 'verify', 'commit', 'after'] as const
export type Phase = (typeof phases)[number]

/** A clinic on a server of its own that may be killed, behind a cable that may be cut, and what it may look like. */
export interface Scene {
  readonly server: OwnServer
  readonly proxy: NetworkProxy
  readonly keys: { readonly recipient: string; readonly identity: string }
  /** The two states there are. */
  readonly before: ReadonlyMap<string, string>
  readonly after: ReadonlyMap<string, string>
  /** The run in a process of its own. */
  readonly program: string
  /** Milliseconds that a phase may last, about. */
  readonly short: number
  state(): Promise<Map<string, string>>
  /** Everything that the last confirmation says, with the proof but for the phase that there is only without it. */
  confirm(at: Desk, phase: Phase): Promise<RunOptions>
  /** Past the cable. */
  direct<T>(work: (database: Database) => Promise<T>): Promise<T>
  /** Through it, with short waits. */
  throughCable(): DatabaseOptions
  /** The server stands again after it was killed. */
  reconnect(): Promise<void>
  /** The server notices that somebody is gone when it next listens to them. */
  sessionsGone(): Promise<void>
  close(): Promise<void>
}

/** `small`: the least that has every way of going, staying and forgetting. `demo`: the whole demo clinic, with few rows. */
export async function openScene(size: 'small' | 'demo'): Promise<Scene> {
  const server = await ownServer({ settings: { deadlock_timeout: '100ms' } })
  const { host, port, user, password } = server
  const own = { host, port, user, password }
  const clinic = size === 'demo' ? await demoClinic(60, own) : await smallClinic(own)
  const proxy = await startProxy({ host, port })
  const keys = await createKeyPair()
  const decisions = decide({
    ...{ scopes: { users: 'remove', finance: false }, keepPatients: ['4'], restartIdentities: true },
    ...(size === 'demo' ? {} : { keepUsers: ['1'], tables: { 'public.expedientes': 'delete' } }),
  })
  const options = (): DatabaseOptions => ({ ...clinic.options, pool: { warm: 0, max: 3 } })
  const direct: Scene['direct'] = async (work) => {
    const database = await openDatabase(options())
    try {
      return await work(database)
    } finally {
      await database.close(0)
    }
  }
  const before = await state(clinic)
  const after = await direct((database) => cleanAndBack(database, clinic, decisions, before))
  const program = await buildProgram()
  return {
    ...{ server, proxy, keys, before, after, program, direct, short: size === 'demo' ? 60 : 13 },
    state: () => state(clinic),
    confirm: (at, phase) =>
      direct((database) =>
        confirmed(database, at, decisions, {
          ...{ protection: { kind: 'recipient', recipient: keys.recipient }, proof: phase !== 'reread' },
        }),
      ),
    throughCable: () => ({
      ...options(),
      ...{ host: proxy.host, port: proxy.port },
      timing: { commit: 400, resolve: 5_000, rollback: 400, connect: 2_000 },
    }),
    async reconnect() {
      await clinic.client.end().catch(() => undefined)
      const client = new pg.Client({ ...own, database: clinic.name, application_name: 'test' })
      client.on('error', () => {})
      await client.connect()
      Object.assign(clinic, { client })
    },
    async sessionsGone() {
      for (;;) {
        const { rows } = await clinic.client.query(
          `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'podoskin-admin'`,
        )
        if (rows.length === 0) return
        await new Promise((wake) => setTimeout(wake, 20))
      }
    },
    async close() {
      rmSync(dirname(program), { recursive: true, force: true })
      await proxy.close()
      await clinic.drop()
      await server.remove()
    },
  }
}

/** The state that a cleanup leaves; then everything is put back. */
async function cleanAndBack(
  database: Database,
  clinic: FreshClinic,
  decisions: Decisions,
  before: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const at = desk()
  const { backup } = await runCleanup(database, await confirmed(database, at, decisions))
  const after = await state(clinic)
  await restore(database, at, backup.name)
  const back = await state(clinic)
  const other = [...before].find(([name, digest]) => back.get(name) !== digest)
  if (other) throw new Error(`not as before, although nothing happened: ${other[0]}`)
  return after
}

async function smallClinic(server: Parameters<typeof demoClinic>[1]): Promise<FreshClinic> {
  const made = await freshClinic({ empty: true, ...(server && { server }) })
  await createSmallClinic(made.client)
  await made.client.query(`
    INSERT INTO roles VALUES (1, 'Admin');
    INSERT INTO usuarios SELECT n, 'usuario.' || n, true, 1 FROM generate_series(1, 5) n;
    INSERT INTO pacientes SELECT n, 'Paciente ' || n FROM generate_series(1, 300) n;
    INSERT INTO citas (id_paciente, fecha_hora_inicio, fecha_hora_fin)
      SELECT 1 + n % 300, timestamp '2020-01-01' + n * interval '1 hour', timestamp '2020-01-01' + n * interval '1 hour' FROM generate_series(1, 900) n;
    INSERT INTO pagos (concepto, monto_pagado, id_paciente) SELECT 'Pago ' || n, n, 1 + n % 300 FROM generate_series(1, 900) n;
    CREATE TABLE gastos (id serial PRIMARY KEY, concepto text, id_cita bigint REFERENCES citas (id), id_usuario bigint REFERENCES usuarios (id));
    INSERT INTO gastos (concepto, id_cita, id_usuario) SELECT 'Gasto ' || n, n, 1 + n % 5 FROM generate_series(1, 60) n;
    CREATE TABLE expedientes (id_cita bigint NOT NULL REFERENCES citas (id) ON DELETE CASCADE, nota text, larga text GENERATED ALWAYS AS (nota || '.') STORED);
    INSERT INTO expedientes SELECT n, repeat('nota ', 20) FROM generate_series(1, 400) n;
    CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''it fired''; END';
    CREATE TRIGGER held BEFORE INSERT OR UPDATE OR DELETE ON citas FOR EACH ROW EXECUTE FUNCTION never();
    CREATE MATERIALIZED VIEW resumen AS SELECT id_paciente, count(*) FROM citas GROUP BY 1;
    -- Said once more, for a crash of the server skips numbers that nobody was given.
    SELECT setval('citas_id_seq', 900), setval('pagos_id_seq', 900), setval('gastos_id_seq', 60);
    ANALYZE`)
  return made
}

/**
 * Rows, next values, constraints, indexes and trigger states. Files of tables differ once they were emptied, and
 * materialized views are refreshed after the COMMIT.
 */
async function state({ client }: Pick<FreshClinic, 'client'>): Promise<Map<string, string>> {
  const views = (
    await client.query<{ name: string }>(`SELECT schemaname || '.' || matviewname AS name FROM pg_matviews`)
  ).rows.map(({ name }) => name)
  const all = [...(await everything({ client }))].filter(
    ([name]) => !/^(file|sequence) /.test(name) && !views.includes(name),
  )
  const found = new Map(all)
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c WHERE c.relkind = 'S' AND c.relnamespace = 'public'::regnamespace ORDER BY 1`,
  )
  const select = rows.map(
    ({ name }) =>
      `SELECT '${name}' AS name, CASE WHEN is_called THEN last_value + 1 ELSE last_value END AS next FROM ${name}`,
  )
  for (const each of (await client.query(select.join(' UNION ALL '))).rows)
    found.set(`next ${each.name}`, String(each.next))
  return found
}

/** `cleanup-process.ts` as a program that can be started and killed. */
async function buildProgram(): Promise<string> {
  const cache = join(process.cwd(), '.cache')
  mkdirSync(cache, { recursive: true })
  const program = join(mkdtempSync(join(cache, 'faults-')), 'cleanup-process.mjs')
  await build({
    ...{ configFile: false, logLevel: 'error' },
    build: {
      ...{ ssr: join(process.cwd(), 'test/support/cleanup-process.ts'), outDir: dirname(program), minify: false },
      rollupOptions: { output: { entryFileNames: 'cleanup-process.mjs' } },
    },
  })
  return program
}
