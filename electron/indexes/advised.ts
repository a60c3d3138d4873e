import type { ClinicSchema } from '#electron/database/schema.ts'
import { quoteIdentifier } from '#electron/database/transaction.ts'
import type { FigureName } from '#shared/dashboard.ts'
import type { AdviceId } from '#shared/indexes.ts'

/** An index that serves our statements, in the names of one installation. */
export interface Advised {
  readonly id: AdviceId
  /** All of ours begin so: what has another name is the clinic's and is never dropped from here. */
  readonly name: `podoskin_admin_${string}`
  readonly table: string
  readonly columns: readonly string[]
  readonly includes: readonly string[]
  /** Only rows whose `column` is over 0: most payments are settled. */
  readonly over0: string | null
  readonly serves: readonly FigureName[]
}

/**
 * The indexes that turn the reading of a table from end to end into the reading of a range, or of far fewer
 * pages (`performance.md`). Each is measured with the statements of `electron/dashboard`.
 */
export function advised(schema: ClinicSchema): readonly Advised[] {
  const start = schema.appointmentStart ?? 'fecha_hora_inicio'
  return [
    {
      id: 'appointments',
      name: 'podoskin_admin_citas_inicio',
      table: 'citas',
      columns: [start],
      includes: ['id', 'estado', 'id_podologo', ...(schema.appointmentEnd === null ? [] : [schema.appointmentEnd])],
      over0: null,
      serves: [
        'appointmentsToday',
        'appointmentsThisWeek',
        'appointmentsThisMonth',
        'upcomingAppointments',
        'appointmentsByState',
        'trend',
        'occupancy',
        'topTreatments',
        'bestServices',
      ],
    },
    {
      id: 'payments',
      name: 'podoskin_admin_pagos_fecha',
      table: 'pagos',
      columns: ['fecha_pago'],
      includes: ['monto_pagado', 'estado_pago'],
      over0: null,
      serves: ['revenueToday', 'revenueThisWeek', 'revenueThisMonth', 'revenueThisYear', 'revenueByMonth'],
    },
    {
      id: 'balance',
      name: 'podoskin_admin_pagos_saldo',
      table: 'pagos',
      columns: ['saldo_pendiente'],
      includes: ['estado_pago'],
      over0: 'saldo_pendiente',
      serves: ['pendingBalance'],
    },
    {
      id: 'patients',
      name: 'podoskin_admin_pacientes_registro',
      table: 'pacientes',
      columns: ['fecha_registro'],
      includes: ['activo'],
      over0: null,
      serves: ['totalPatients', 'activePatients', 'newPatientsThisMonth'],
    },
    {
      id: 'details',
      name: 'podoskin_admin_detalle_cita',
      table: 'detalle_cita',
      columns: ['id_cita'],
      includes: ['id_tratamiento'],
      over0: null,
      serves: ['topTreatments', 'bestServices'],
    },
  ]
}

/** The statement that creates it; only CONCURRENTLY lets the clinic write meanwhile. */
export function createStatement(schema: ClinicSchema, index: Advised): string {
  const { name, table, columns, includes } = index
  const list = (names: readonly string[]) => `(${names.map(quoteIdentifier).join(', ')})`
  const carried = includes.length === 0 ? '' : ` INCLUDE ${list(includes)}`
  const where = condition(index)
  return `CREATE INDEX CONCURRENTLY ${quoteIdentifier(name)} ON ${schema.quoted(table)} USING btree ${list(columns)}${carried}${where === null ? '' : ` WHERE ${where}`}`
}

/** The condition of a partial index, as SQL. */
export function condition({ over0 }: Advised): string | null {
  return over0 === null ? null : `${quoteIdentifier(over0)} > 0`
}

/** The statement that takes it away again, whether it is whole or not. */
export function dropStatement(schema: ClinicSchema, { name }: Advised): string {
  return `DROP INDEX CONCURRENTLY IF EXISTS ${quoteIdentifier(schema.name)}.${quoteIdentifier(name)}`
}
