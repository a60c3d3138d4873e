import { openDatabase } from '#electron/database/open.ts'
import { createIndexes } from '#electron/indexes/indexes.ts'
import { createJobs } from '#electron/jobs/jobs.ts'
import type { AdviceId, IndexAdvice } from '#shared/indexes.ts'
import type { Job } from '#shared/jobs.ts'
import type { FreshClinic } from '#support/clinic.ts'
import { recordedLog } from '#support/log.ts'

/** Tables of a clinic that are large enough for an index to pay, filled in a moment. */
export const largeTables = `
  CREATE TABLE usuarios (id bigint PRIMARY KEY, nombre_usuario text NOT NULL);
  CREATE TABLE podologos (id bigint PRIMARY KEY, activo boolean);
  CREATE TABLE pacientes (id bigint PRIMARY KEY, activo boolean, fecha_registro timestamp, notas text);
  CREATE TABLE citas (
    id bigint PRIMARY KEY, id_podologo bigint NOT NULL, fecha_hora_inicio timestamp NOT NULL,
    fecha_hora_fin timestamp NOT NULL, estado text, notas text);
  CREATE TABLE tratamientos (id bigint PRIMARY KEY, nombre_servicio text NOT NULL);
  CREATE TABLE detalle_cita (
    id bigint PRIMARY KEY, id_cita bigint NOT NULL, id_tratamiento bigint NOT NULL, notas text);
  CREATE TABLE pagos (
    id bigint PRIMARY KEY, fecha_pago timestamp NOT NULL, monto_pagado numeric(10,2) NOT NULL, estado_pago text,
    saldo_pendiente numeric(10,2), notas text);
  INSERT INTO podologos SELECT n, true FROM generate_series(1, 3) AS n;
  INSERT INTO tratamientos SELECT n, 'Servicio ' || n FROM generate_series(1, 12) AS n;
  INSERT INTO pacientes SELECT n, CASE WHEN n % 9 > 0 THEN n % 7 > 0 END, timestamp '2020-01-01' + n * interval '2 hours',
    repeat('n', 200) FROM generate_series(1, 20000) AS n;
  INSERT INTO citas SELECT n, 1 + n % 3, start, start + interval '30 minutes',
    (ARRAY['Completada', 'Pendiente', 'No_Asistio'])[1 + n % 3], repeat('n', 120)
    FROM (SELECT n, timestamp '2022-01-01' + n * interval '1 hour' AS start FROM generate_series(1, 40000) AS n) AS s;
  INSERT INTO detalle_cita SELECT n, 1 + n % 40000, 1 + n % 12, repeat('n', 40) FROM generate_series(1, 45000) AS n;
  INSERT INTO pagos SELECT n, timestamp '2022-01-01' + n * interval '1 hour', 1.25 * n, 'Pagado', CASE WHEN n % 25 = 0 THEN n ELSE 0 END, repeat('n', 60)
    FROM generate_series(1, 40000) AS n;`

/** The advice of a clinic, and jobs on its indexes, by the product's parts. */
export interface Advice {
  find(id: AdviceId): Promise<IndexAdvice>
  /** The job as it is when it has ended. */
  create(id: AdviceId, owner?: { user: string; password: string } | null): Promise<Job>
  dropIndex(id: AdviceId, owner?: { user: string; password: string } | null): Promise<Job>
  /** Every state of a job from its start on; `cancel` asks the running one to stop. */
  readonly seen: Job[]
  until(reached: (job: Job) => boolean): Promise<Job>
  cancel(): void
  /** How many sessions of the product are open in this clinic. */
  sessions(): Promise<number>
  close(): Promise<void>
}

interface AdviceOptions {
  /** The everyday connection; the clinic's owner when left out. */
  readonly everyday?: FreshClinic['options']
  /** Another port for the owner, where a proxy or a pooler listens. */
  readonly ownerPort?: number
}

/** Connects the product's advice to a clinic. */
export async function adviceOn(clinic: FreshClinic, options: AdviceOptions = {}): Promise<Advice> {
  const everyday = options.everyday ?? clinic.options
  const database = await openDatabase({ ...everyday, pool: { warm: 0, max: 4 } })
  const log = recordedLog()
  const jobs = createJobs({ log })
  const seen: Job[] = []
  jobs.onChange((job) => void seen.push(job))
  const { handlers } = createIndexes({
    ...{ database: () => database, start: jobs.start, log },
    openOwner: (owner) =>
      openDatabase({
        ...everyday,
        ...(owner ?? {}),
        port: options.ownerPort ?? everyday.port,
        pool: { warm: 0, max: 3 },
        timing: { connect: 2_000 },
      }),
  })

  function until(reached: (job: Job) => boolean): Promise<Job> {
    return new Promise((resolve) => {
      const stop = jobs.onChange((job) => {
        if (!reached(job)) return
        stop()
        resolve(job)
      })
    })
  }

  async function ended(starting: Promise<Job> | Job): Promise<Job> {
    const job = await starting
    if (jobs.running()?.id !== job.id) return seen.findLast(({ id }) => id === job.id) ?? job
    return until(({ id, state }) => id === job.id && state !== 'running' && state !== 'cancelling')
  }

  return {
    ...{ seen, until },
    async find(id) {
      const { indexes } = await handlers['indexes.advice'](undefined)
      const found = indexes.find((one) => one.id === id)
      if (!found) throw new Error(`no advice on ${id}`)
      return found
    },
    create: (index, owner = null) => ended(handlers['indexes.create']({ index, owner })),
    dropIndex: (index, owner = null) => ended(handlers['indexes.drop']({ index, owner })),
    cancel() {
      const id = jobs.running()?.id
      if (id) void jobs.handlers['jobs.cancel']({ id })
    },
    async sessions() {
      const { rows } = await clinic.client.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM pg_stat_activity
          WHERE datname = current_database() AND application_name = 'podoskin-admin' AND usename = $1`,
        [clinic.options.user],
      )
      return rows[0]?.n ?? 0
    },
    async close() {
      await jobs.close()
      await database.close()
    },
  }
}
