import type { Row, Transaction } from '#electron/database/database.ts'
import type { Residue } from '#shared/cleanup.ts'
import type { CatalogueTable } from './catalogue.ts'
import { knownTables, patients } from './known.ts'
import type { Sets } from './sets.ts'
import { from, quoteIdentifier } from './sql.ts'
import type { Structure } from './structure.ts'

/** Columns of the clinic's own tables in which patients are spoken of. */
const personal: Readonly<Record<string, readonly string[]>> = {
  auditoria: ['descripcion', 'datos_anteriores', 'datos_nuevos'],
  notificaciones: ['titulo', 'mensaje'],
  contactos: ['nombre', 'telefono', 'email', 'whatsapp_id', 'telegram_id', 'facebook_id'],
  conversaciones: ['asunto', 'notas_internas', 'entidades_extraidas', 'comentario_calificacion'],
  mensajes: ['contenido', 'url_archivo', 'metadata'],
  analisis_sentimiento: ['palabras_clave_detectadas', 'emociones'],
  aprendizajes_agente: ['pregunta_original', 'contexto_trigger', 'respuesta_admin', 'pregunta_embedding'],
  dudas_pendientes: ['paciente_chat_id', 'paciente_nombre', 'paciente_telefono', 'duda', 'contexto'],
  log_eventos_bot: ['descripcion', 'datos'],
  facturas: ['nombre_receptor', 'rfc_receptor', 'xml_url', 'pdf_url'],
  movimientos_inventario: ['motivo'],
}
const telling =
  /pacient|nombre|apellido|telefono|celular|correo|email|curp|domicilio|direccion|diagnos|alergi|expediente|patient|phone/i
const textual = /^(text|character|varchar|citext|json|bytea|xml|inet|date|timestamp)/
/** Names of columns that hold another row's key where nobody declared it. */
const keyLike =
  /^(id_(paciente|cita|pago|consulta|nota_clinica|expediente)|(paciente|cita|pago|consulta|expediente)_id|referencia_id|registro_id)$/i

/** Tables that neither the clinic nor we know, with columns that sound like a person's. */
function personalColumns(table: CatalogueTable, schema: string): readonly string[] {
  const own = table.schema === schema ? personal[table.name] : undefined
  const present = (name: string) => table.columns.some((column) => column.name === name)
  if (own) return own.filter(present)
  if (table.schema === schema && knownTables.has(table.name) && table.name !== patients) return []
  return table.columns.filter(({ name, type }) => telling.test(name) && textual.test(type)).map(({ name }) => name)
}

/** What stays behind although it may speak of patients who are gone. */
export async function readResidue(transaction: Transaction, structure: Structure, sets: Sets): Promise<Residue> {
  const { catalogue, schema, members } = structure
  const found: Residue['personal'][number][] = []
  const nowhere: Residue['nowhere'][number][] = []
  for (const table of catalogue.tables.values()) {
    const stays = sets.stays(table.key, 't')
    const touched = members.has(table.key)
    if (!table.onPath || !table.select || table.kind === 'foreign' || stays === 'false') continue
    const count = async (condition: string): Promise<number> => {
      const [row] = await transaction.query<Row & { rows: number }>(
        `SELECT count(*) AS rows FROM ${from(table)} t WHERE ${stays} AND (${condition})`,
      )
      return Number(row?.rows)
    }
    const columns = personalColumns(table, schema)
    if (columns.length > 0) {
      const rows = await count(columns.map((name) => `t.${quoteIdentifier(name)} IS NOT NULL`).join(' OR '))
      if (rows > 0) found.push({ table: table.key, columns, rows })
    }
    const declared = new Set(
      catalogue.foreignKeys.filter(({ child }) => child === table.key).flatMap((key) => key.columns),
    )
    for (const { name } of touched ? [] : table.columns) {
      if (!keyLike.test(name) || declared.has(name) || table.primaryKey.includes(name)) continue
      const rows = await count(`t.${quoteIdentifier(name)} IS NOT NULL`)
      if (rows > 0) nowhere.push({ table: table.key, column: name, rows })
    }
  }
  return {
    personal: found,
    nowhere,
    files: await readFiles(transaction, structure, sets),
    staleViews: staleViews(structure),
  }
}

async function readFiles(transaction: Transaction, structure: Structure, sets: Sets): Promise<Residue['files']> {
  const table = filesTable(structure)
  if (!table) return null
  const sized = table.columns.some(({ name }) => name === 'tamanio_bytes')
  const [row] = await transaction.query<Row & { rows: number; bytes: string | null }>(
    `SELECT count(*) AS rows, ${sized ? 'sum(t.tamanio_bytes)::text' : 'NULL'} AS bytes
     FROM ${from(table)} t WHERE ${sets.goes(table.key, 't')}`,
  )
  const rows = Number(row?.rows)
  return rows === 0 ? null : { rows, bytes: row?.bytes == null ? null : Number(row.bytes) }
}

/**
 * Where the files lie that rows which go name, as the rows say it: we leave them on the disk, and after the cleanup
 * nothing else knows of them. In their order, at most `mostNames`.
 */
export async function readFileNames(
  transaction: Transaction,
  structure: Structure,
  sets: Sets,
): Promise<readonly string[]> {
  const table = filesTable(structure)
  const column = fileColumns.find((each) => table?.columns.some(({ name }) => name === each))
  if (!table || column === undefined) return []
  const path = `t.${quoteIdentifier(column)}::text`
  const rows = await transaction.query<Row & { path: string }>(
    `SELECT left(${path}, ${longestName}) AS path FROM ${from(table)} t
     WHERE ${sets.goes(table.key, 't')} AND ${path} <> '' ORDER BY ${path} COLLATE "C" LIMIT ${mostNames}`,
  )
  return rows.map((row) => row.path)
}

/** A report is for people: whoever has more files than that has the backup, which names them all. */
const mostNames = 1_000
const longestName = 500
const fileColumns = ['url_almacenamiento', 'nombre_archivo'] as const

function filesTable({ members, schema }: Structure): CatalogueTable | null {
  const member = [...members.values()].find(
    ({ table }) => table.schema === schema && table.name === 'archivos_multimedia',
  )
  return member?.table.select ? member.table : null
}

/** Materialized views that hold copies of what goes until somebody refreshes them. */
export function staleViews({ catalogue, members }: Structure): readonly string[] {
  return catalogue.materialized.filter(({ tables }) => tables.some((key) => members.has(key))).map(({ key }) => key)
}
