/**
 * @typedef {object} TableRows
 * @property {string} table
 * @property {readonly string[]} columns
 * @property {(plan: import('./plan.js').Plan) => Iterable<string>} rows lines of COPY text
 */

/** @typedef {string | number | boolean | null | undefined} Value */

const special = /[\\\t\n\r]/g
/** @type {Record<string, string>} */
const escapes = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/**
 * One line of COPY's text format.
 * @param {readonly Value[]} values
 */
function line(values) {
  let text = ''
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (i > 0) text += '\t'
    if (value === null || value === undefined) text += '\\N'
    else if (typeof value === 'boolean') text += value ? 't' : 'f'
    else if (typeof value === 'number') text += value
    else text += value.search(special) < 0 ? value : value.replace(special, (found) => escapes[found] ?? found)
  }
  return `${text}\n`
}

/**
 * A table whose rows come as arrays, in the order of `columns` (names apart by spaces).
 * @param {string} name
 * @param {string} columns
 * @param {(plan: import('./plan.js').Plan) => Iterable<readonly Value[]>} rows
 * @returns {TableRows}
 */
export const table = (name, columns, rows) => ({
  table: name,
  columns: columns.split(' '),
  rows: function* (plan) {
    for (const row of rows(plan)) yield line(row)
  },
})

/**
 * A table with a handful of fixed rows, numbered from 1.
 * @param {string} name
 * @param {string} columns without the id
 * @param {(plan: import('./plan.js').Plan) => Iterable<readonly Value[]>} rows
 * @returns {TableRows}
 */
export const numbered = (name, columns, rows) =>
  table(name, `id ${columns}`, function* (plan) {
    let id = 0
    for (const row of rows(plan)) yield [++id, ...row]
  })

/** @param {unknown} value */
export const json = (value) => JSON.stringify(value)

/** A PostgreSQL array of texts. @param {readonly string[]} texts */
export const array = (texts) => `{${texts.map((text) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`
