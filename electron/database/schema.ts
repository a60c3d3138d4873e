/** A column as the catalogue describes it; `type` is PostgreSQL's `format_type`. */
export interface Column {
  readonly name: string
  readonly type: string
  readonly notNull: boolean
  /** Its number in the catalogue (`attnum`), by which indexes name their columns. */
  readonly number: number
}

export interface Table {
  readonly name: string
  readonly schema: string
  readonly columns: ReadonlyMap<string, Column>
  /** Whether the connected role may SELECT every column of it. */
  readonly readable: boolean
}

/**
 * What this installation has, read from its catalogue: installations drift, so features ask here
 * instead of assuming (`reference/clinic-database.md`, "Drift between installations").
 */
export interface ClinicSchema {
  /** The schema that holds the clinic's tables. */
  readonly name: string
  table(name: string): Table | null
  has(table: string, column: string): boolean
  /** `"schema"."table"`, quoted from the catalogue. Throws `SCHEMA_CHANGED` when it is not there. */
  quoted(table: string): string
  /** Where a user's role is written: a reference to `roles`, a text column, or nowhere. */
  readonly role: 'reference' | 'text' | 'none'
  /** The column of an appointment's start: `fecha_hora_inicio`, or `fecha_hora` on an old installation. */
  readonly appointmentStart: 'fecha_hora_inicio' | 'fecha_hora' | null
  readonly appointmentEnd: 'fecha_hora_fin' | null
}
