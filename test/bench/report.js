import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * @typedef {object} Row
 * @property {string} id
 * @property {string} what
 * @property {number} measured
 * @property {string} unit
 * @property {number | null} reference what it is measured against, in the same unit
 * @property {number | null} ratio measured / reference
 * @property {number | null} budget the largest ratio (without a reference: the largest measurement) that is good
 * @property {boolean | null} met null where there is no budget
 */

/**
 * @param {{ id: string, what: string, measured: number, unit: string, reference?: number, budget?: number }} fields
 * @returns {Row}
 */
export function row({ id, what, measured, unit, reference, budget }) {
  const ratio = reference === undefined ? null : measured / reference
  return {
    ...{ id, what, unit },
    measured: round(measured),
    reference: reference === undefined ? null : round(reference),
    ratio: ratio === null ? null : Math.round(ratio * 100) / 100,
    budget: budget ?? null,
    met: budget === undefined ? null : (ratio ?? measured) <= budget,
  }
}

/** @param {number} value three digits are more than a noisy machine can tell */
function round(value) {
  return value >= 100 ? Math.round(value) : Math.round(value * 10) / 10
}

/** @param {readonly Row[]} rows */
export function table(rows) {
  const heads = ['', 'what', 'measured', 'reference', 'ratio', 'budget']
  const lines = rows.map(({ what, measured, unit, reference, ratio, budget, met }) => [
    met === null ? ' ' : met ? '✓' : '✗',
    what,
    `${measured} ${unit}`,
    reference === null ? '' : `${reference} ${unit}`,
    ratio === null ? '' : ratio.toFixed(2),
    budget === null ? '' : ratio === null ? `≤ ${budget} ${unit}` : `≤ ${budget}`,
  ])
  const widths = heads.map((head, at) => Math.max(...[heads, ...lines].map((line) => (line[at] ?? head).length)))
  return [heads, ...lines]
    .map((line) => line.map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))))
    .map((line) => line.join('  ').trimEnd())
    .join('\n')
}

/** @param {string} file @param {readonly Row[]} rows */
export function writeResults(file, rows) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`)
}
