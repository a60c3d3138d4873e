import { readFileSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from '#scripts/process.js'
import { row } from './report.js'

/** The JavaScript that the page needs before its first paint: what its HTML names and what that imports statically. */
export function pageRow() {
  const folder = join(root, 'out', 'renderer')
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  const named = [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="([^"]+\.js)"/g)].map(([, path = '']) => path)
  /** @type {Map<string, number>} */
  const sizes = new Map()
  const add = (/** @type {string} */ path) => {
    if (sizes.has(path)) return
    const code = readFileSync(join(folder, path), 'utf8')
    sizes.set(path, gzipSync(code, { level: 9 }).length)
    for (const imported of staticImports(code)) add(normalize(join(path, '..', imported)))
  }
  for (const path of named) add(normalize(path.replace(/^\//, '')))
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0) / 1000
  const what = 'JavaScript of the page at first paint, gzip'
  return row({ id: 'page.code', what, measured: total, unit: 'kB', budget: 400 })
}

/** @param {string} code */
function staticImports(code) {
  const pattern = /\b(?:import|export)\s*(?:[\w$*\s{},]+?\bfrom\s*)?["'](\.{1,2}\/[^"']+\.js)["']/g
  return [...code.matchAll(pattern)].map(([, path = '']) => path)
}
