import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const sources = readdirSync('renderer', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.tsx'))
  .map((file) => ({ file, text: readFileSync(join('renderer', file), 'utf8') }))

const spoken = /\b(?:aria-label|title|label|placeholder|description|alt|legend)=(?:"([^"]*)"|\{'([^']*)'\})/g

it('reads every component of the page', () => {
  expect(sources.length).toBeGreaterThan(30)
})

it('keeps what a person reads or hears out of attributes in the code', () => {
  const found = sources.flatMap(({ file, text }) =>
    [...text.matchAll(spoken)]
      .map((match) => `${file}: ${match[0]}`)
      .filter((hit) => /[A-Za-zÀ-ÿ]{2}.*=["{].*[A-Za-zÀ-ÿ]{2}/.test(hit)),
  )
  expect(found).toEqual([])
})

it('touches the bridge in one module only', () => {
  const users = readdirSync('renderer', { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && readFileSync(join('renderer', file), 'utf8').match(/\bpodoskin\b/))
    .map((file) => file.replaceAll('\\', '/'))
  expect(users).toEqual(['api.ts'])
})
