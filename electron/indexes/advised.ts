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
      serves: [
        'appointmentsToday',
        'appointmentsThisWeek',
        'appointmentsThisMonth',
        'upcomingAppointments',
        'appointmentsByState',
        'trend',
        'occupancy',
        'topTreatments',
      ],
    },
    {
      id: 'payments',
      name: 'podoskin_admin_pagos_fecha',
      table: 'pagos',
      columns: ['fecha_pago'],
      includes: ['monto_pagado', 'estado_pago'],
      serves: ['revenueToday', 'revenueThisWeek', 'revenueThisMonth', 'revenueThisYear'],
    },
    {
      id: 'patients',
      name: 'podoskin_admin_pacientes_registro',
      table: 'pacientes',
      columns: ['fecha_registro'],
      includes: ['activo'],
      serves: ['totalPatients', 'activePatients', 'newPatientsThisMonth'],
    },
    {
      id: 'details',
      name: 'podoskin_admin_detalle_cita',
      table: 'detalle_cita',
      columns: ['id_cita'],
      includes: ['id_tratamiento'],
      serves: ['topTreatments'],
    },
  ]
}

/** The statement that creates it; only CONCURRENTLY lets the clinic write meanwhile. */
export function createStatement(schema: ClinicSchema, { name, table, columns, includes }: Advised): string {
  const list = (names: readonly string[]) => `(${names.map(quoteIdentifier).join(', ')})`
  const carried = includes.length === 0 ? '' : ` INCLUDE ${list(includes)}`
  return `CREATE INDEX CONCURRENTLY ${quoteIdentifier(name)} ON ${schema.quoted(table)} USING btree ${list(columns)}${carried}`
}

/** The statement that takes it away again, whether it is whole or not. */
export function dropStatement(schema: ClinicSchema, { name }: Advised): string {
  return `DROP INDEX CONCURRENTLY IF EXISTS ${quoteIdentifier(schema.name)}.${quoteIdentifier(name)}`
}
