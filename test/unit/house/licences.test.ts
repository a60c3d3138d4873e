import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

/** They ask for their notice to be kept, and nothing for our source. */
const permissive =
  /^\(?(MIT|ISC|BSD-[23]-Clause|0BSD|BlueOak-1\.0\.0|Apache-2\.0|Unlicense|CC0-1\.0|Python-2\.0)( (AND|OR) (MIT|ISC|BSD-[23]-Clause|CC0-1\.0))*\)?$/

interface Package {
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly dependencies?: Readonly<Record<string, string>>
}

/** What our code imports, as packages. */
function imported(): string[] {
  const files = ['electron', 'renderer', 'shared'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  const names = files
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) => [
      ...readFileSync(file, 'utf8').matchAll(/(?:from|import\() ?'((?:@[\w-]+\/)?[a-z][\w.-]*)(?:\/[^']*)?'/g),
    ])
    .map((match) => match[1] ?? '')
  return [...new Set(names)].filter((name) => name !== 'electron' && existsSync(join('node_modules', name)))
}

/** The package and everything that it needs, each by where it lies. */
function walk(name: string, within: string, found: Map<string, Package>): void {
  const place = [join(within, 'node_modules', name), join('node_modules', name)].find(existsSync)
  if (place === undefined || found.has(place)) return
  const one: Package = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'))
  found.set(place, one)
  for (const needed of Object.keys(one.dependencies ?? {})) walk(needed, place, found)
}

it('everything that ships is under a licence that asks nothing of our source', () => {
  const found = new Map<string, Package>()
  for (const name of imported()) walk(name, '', found)
  expect([...found.values()].map(({ name }) => name)).toEqual(expect.arrayContaining(['pg', 'react', '@github/keytar']))
  const others = [...found.values()].filter(({ license }) => !permissive.test(license ?? 'none'))
  expect(others.map(({ name, version, license }) => `${name} ${version}: ${license}`)).toEqual([])
})
