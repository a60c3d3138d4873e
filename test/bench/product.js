import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '#scripts/process.js'

/** @typedef {typeof import('./parts.ts')} Product */

/**
 * The product's parts as plain JavaScript, built as electron-vite builds the app, so that what is timed is what ships.
 * @returns {Promise<Product>}
 */
export async function buildProduct() {
  const { build } = await import('vite')
  const folder = join(root, 'out', 'bench', 'product')
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: { ssr: join(import.meta.dirname, 'parts.ts'), outDir: folder, target: 'node20.18', minify: true },
  })
  return import(pathToFileURL(join(folder, 'parts.js')).href)
}
