import { createDashboard } from '#electron/dashboard/dashboard.ts'
import type { Database } from '#electron/database/database.ts'
import { type DatabaseOptions, openDatabase } from '#electron/database/open.ts'
import type { Dashboard, DashboardRange, TrendDays } from '#shared/dashboard.ts'
import { type FreshClinic, freshClinic } from '#support/clinic.ts'
import { type RecordedLog, recordedLog } from '#support/log.ts'

/** The least that makes a clinic, without the triggers that would refuse what is placed by hand. */
const tables = `
  CREATE TABLE usuarios (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, nombre_usuario text NOT NULL);
  CREATE TABLE podologos (id bigint PRIMARY KEY, activo boolean);
  CREATE TABLE pacientes (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, activo boolean, fecha_registro timestamp);
  CREATE TABLE citas (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id_podologo bigint NOT NULL DEFAULT 1,
    fecha_hora_inicio timestamp NOT NULL, fecha_hora_fin timestamp NOT NULL, estado text);
  CREATE TABLE tratamientos (id bigint PRIMARY KEY, nombre_servicio text NOT NULL);
  CREATE TABLE detalle_cita (id bigint GENERATED ALWAYS AS IDENTITY, id_cita bigint NOT NULL, id_tratamiento bigint NOT NULL,
    precio_final numeric(10,2));
  CREATE TABLE pagos (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, fecha_pago timestamp NOT NULL,
    monto_total numeric(10,2), monto_pagado numeric(10,2) NOT NULL, saldo_pendiente numeric(10,2), estado_pago text);
  CREATE TABLE gastos (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, categoria text NOT NULL, monto numeric(10,2) NOT NULL,
    fecha_gasto timestamp NOT NULL);
  CREATE TABLE inventario_productos (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, nombre text NOT NULL, stock_actual integer,
    stock_minimo integer, unidad_medida text, activo boolean);
  CREATE TABLE horarios_trabajo (
    id_podologo bigint NOT NULL, dia_semana integer NOT NULL, hora_inicio time NOT NULL, hora_fin time NOT NULL,
    activo boolean, fecha_inicio_vigencia date, fecha_fin_vigencia date);
  CREATE TABLE bloqueos_agenda (
    id_podologo bigint NOT NULL, fecha_inicio timestamp NOT NULL, fecha_fin timestamp NOT NULL, activo boolean);
  CREATE INDEX ON citas (id_podologo, fecha_hora_inicio);
  INSERT INTO podologos VALUES (1, true), (2, true), (3, false);`

/** An empty clinic of a test's own, and dashboards of it at any moment. */
export interface Golden extends FreshClinic {
  /** The dashboard as it is at `now` (the server's clock when left out), by the product's own connection. */
  load(now?: string, range?: TrendDays | DashboardRange): Promise<Dashboard>
  /** Places appointments of half an hour, pending unless said. */
  appointments(...rows: readonly (string | readonly [start: string, state: string | null])[]): Promise<void>
  payments(...rows: readonly (readonly [date: string, amount: string, state?: string | null])[]): Promise<void>
  readonly database: Database
  readonly log: RecordedLog
}

/** `prepare` runs before the product connects; `empty` leaves the tables out. */
export async function goldenClinic(prepare = ''): Promise<Golden> {
  const clinic = await freshClinic({ empty: true })
  await clinic.client.query(tables + prepare)
  return withDashboard(clinic)
}

/** Connects the product to a clinic, as its owner or as another role. */
export async function withDashboard(clinic: FreshClinic, options: DatabaseOptions = clinic.options): Promise<Golden> {
  const database = await openDatabase(options)
  const log = recordedLog()
  const { client } = clinic
  return {
    ...clinic,
    database,
    log,
    load: (now, range = 7) =>
      dashboardOf(database, now, log).handlers['dashboard.load'](
        typeof range === 'number' ? { days: range } : range,
      ) as Promise<Dashboard>,
    async appointments(...rows) {
      for (const row of rows) {
        const [start, state] = typeof row === 'string' ? [row, 'Pendiente'] : row
        await client.query(
          `INSERT INTO citas (fecha_hora_inicio, fecha_hora_fin, estado) VALUES ($1::timestamp, $1::timestamp + interval '30 minutes', $2)`,
          [start, state],
        )
      }
    },
    async payments(...rows) {
      for (const [date, amount, state = 'Pagado'] of rows) {
        await client.query('INSERT INTO pagos (fecha_pago, monto_pagado, estado_pago) VALUES ($1, $2, $3)', [
          date,
          amount,
          state,
        ])
      }
    },
    async drop() {
      await database.close()
      await clinic.drop()
    },
  }
}

/** The product's dashboard over a database, at a moment of choice. */
export function dashboardOf(database: Database, now?: string, log = recordedLog(), zone = 'America/Tijuana') {
  return createDashboard({ database: () => database, zone: () => zone, log, ...(now ? { now } : {}) })
}

/** `value` of a figure that has one, so that expectations stay short. */
export function amount<T>(figure: { readonly state: string; readonly value?: T }): T | undefined {
  return figure.value
}

/** `value` and `previous` of a figure, as a pair. */
export function pair(figure: { readonly state: string; readonly value?: unknown; readonly previous?: unknown }) {
  return [figure.value, figure.previous]
}

/** The server's process of a session that waits for a lock, as soon as there is one. */
export async function sessionThatWaits({ client }: FreshClinic): Promise<number> {
  for (;;) {
    const { rows } = await client.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    if (rows[0]) return rows[0].pid
  }
}
