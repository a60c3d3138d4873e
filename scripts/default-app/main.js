// The stand-in runtime comes without Electron's default app, so `electron <folder>` needs this one. It is an
// ES module with a top-level await on purpose: anything later lets `ready` fire before the app has registered
// its scheme. The words before the folder are Electron's own and Playwright's (`-r loader`).
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const require = createRequire(import.meta.url)
const words = process.argv.slice(1)
while (words[0]?.startsWith('-')) {
  const word = words.shift()
  if (word === '--version') {
    console.log(`v${process.versions.electron}`)
    process.exit(0)
  }
  const loader = word === '-r' || word === '--require' ? words.shift() : undefined
  if (loader !== undefined) require(resolve(loader))
}

const root = resolve(words[0] ?? '.')
const description = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
app.setName(description.productName ?? description.name)
// Electron's own default app calls these two; its types keep them to itself.
const own = /** @type {Electron.App & { setVersion(version: string): void, setAppPath(path: string): void }} */ (app)
own.setVersion(description.version ?? '0.0.0')
own.setAppPath(root)
await import(pathToFileURL(join(root, description.main)).href)
