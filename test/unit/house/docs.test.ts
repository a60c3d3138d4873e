import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

const documents = [
  'README.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]
const scripts = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).scripts)

/** Paths in code spans that begin with a folder of ours, and the targets of links. */
function paths(document: string): string[] {
  const text = readFileSync(document, 'utf8')
  const spans = [...text.matchAll(/`((?:electron|renderer|shared|test|scripts|docs)\/[\w./-]*\w)\/?`/g)].map(
    (match) => match[1] ?? '',
  )
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map((match) =>
    join(dirname(document), match[1] ?? ''),
  )
  return [...spans, ...links]
}

it.each(documents)('%s names only files that exist', (document) => {
  expect(paths(document).filter((path) => !existsSync(path))).toEqual([])
})

it.each(documents)('%s names only scripts that exist', (document) => {
  const named = [...readFileSync(document, 'utf8').matchAll(/npm (?:run ([\w:-]+)|(test|start)\b)/g)]
  expect(named.map((match) => match[1] ?? match[2] ?? '').filter((name) => !scripts.includes(name))).toEqual([])
})
