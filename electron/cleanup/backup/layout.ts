import { backupEnding } from '#shared/cleanup-backup.ts'
import type { BackupTable, TableHead } from './manifest.ts'

/** The ending of a finished backup's name, and of one that nobody may trust yet. */
export { backupEnding as ending }
export const partialEnding = `${backupEnding}.partial`

/** Bytes of COPY text in every gzip member but a table's last, which holds the rest: part of the format. */
export const memberText = 2 * 1024 * 1024

export const names = {
  readme: 'LEEME.txt',
  head: 'head.json',
  loading: 'cargar.sql',
  manifest: 'manifest.json',
} as const

/** Where the parts of the table at `index` (from 0) stand: numbered, with what is harmless of its name for people. */
export function tableFolder(index: number, { schema, name, role }: TableHead): string {
  const readable = `${schema}.${name}`.replace(/[^A-Za-z0-9_.]/g, '_').slice(0, 40)
  return `tables/${String(index + 1).padStart(5, '0')}-${readable}${role === 'cleared' ? '-cleared' : ''}`
}

/** The name of a table's gzip member at `index` (from 0). */
export function memberName(folder: string, index: number): string {
  return `${folder}/${String(index + 1).padStart(7, '0')}.copy.gz`
}

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`

/**
 * What psql runs in the unpacked folder to load everything into tables that exist: whole rows by COPY, cleared columns by
 * an UPDATE of the rows that the key finds. Written for people; the program reads none of it.
 */
export function loadingScript(tables: readonly BackupTable[]): string {
  const parts = tables.map((table, index) => {
    if (table.members === 0) return `-- ${tableFolder(index, table)}: 0\n`
    const from = `from program 'cat ${tableFolder(index, table)}/*.copy.gz | gunzip -c'`
    const target = `${quote(table.schema)}.${quote(table.name)}`
    const list = table.columns.map(quote).join(', ')
    if (table.role === 'deleted') return `\\copy ${target} (${list}) ${from}\n`
    const cleared = table.columns.filter((column) => !table.keyColumns.includes(column))
    const set = cleared.map((column) => `${quote(column)} = c.${quote(column)}`).join(', ')
    const same = table.keyColumns.map((column) => `t.${quote(column)} = c.${quote(column)}`).join(' AND ')
    return [
      `CREATE TEMPORARY TABLE cleared_${index + 1} AS SELECT ${list} FROM ${target} WITH NO DATA;`,
      `\\copy cleared_${index + 1} (${list}) ${from}`,
      `UPDATE ${target} t SET ${set} FROM cleared_${index + 1} c WHERE ${same};\n`,
    ].join('\n')
  })
  return [
    '-- docs/respaldo.md\n\\set ON_ERROR_STOP on\nSET client_encoding = UTF8;\nBEGIN;\n',
    'SET LOCAL session_replication_role = replica;\n',
    ...parts,
    'COMMIT;\n',
  ].join('')
}

/** The first thing in the tar: what it is, for whoever finds it without this program. */
export const readme = `Respaldo de una clínica PodoSkin, formato 1.

Cada carpeta de tables/ es una tabla de PostgreSQL: table.json dice cuál es y el orden de sus columnas;
los archivos .copy.gz, juntos y en su orden, son el texto de COPY de sus renglones, comprimido con gzip.

  cat tables/00001-*/*.copy.gz | gunzip -c        muestra los renglones de la primera tabla
  psql -d base -f cargar.sql                      carga todo en tablas vacías que ya existen
                                                  (desde esta carpeta, como superusuario)

manifest.json dice cuántos renglones y bytes tiene cada tabla y su SHA-256. Contiene datos de pacientes:
guárdese bajo llave y bórrese al terminar.
`
