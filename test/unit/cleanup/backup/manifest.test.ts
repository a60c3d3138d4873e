import { expect, test } from 'vitest'
import { type Manifest, manifestSchema } from '#electron/cleanup/backup/manifest.ts'
import type { ReadResult } from '#electron/cleanup/backup/types.ts'

const digest = 'a'.repeat(64)
const manifest: Manifest = {
  ...{ format: 1, id: '6f1c2a4e-8f0e-4b8a-9c55-0d1f9f3f7b21', createdAt: '2026-11-24T12:00:00.000Z' },
  app: { name: 'podoskin-admin', version: '0.1.0' },
  server: { host: 'localhost', port: 5432, version: '18.0' },
  ...{ database: 'clinic', schema: null, environment: 'testing', planHash: 'x', encoding: 'UTF8' },
  ...{ structure: { any: ['thing'] }, fingerprints: null, counts: { 'public.pacientes': 2 } },
  tables: [
    {
      ...{ key: 'public.pacientes', schema: 'public', name: 'pacientes', columns: ['id'], role: 'deleted' },
      ...{ keyColumns: [], rows: 2, bytes: 4, sha256: digest, members: 1 },
    },
  ],
  content: { bytes: 1_024, sha256: digest },
}

test('a manifest comes back from JSON as it was', () => {
  const result: ReadResult = {
    manifest: manifestSchema.parse(JSON.parse(JSON.stringify(manifest))),
    unlock: null,
    bytes: 0,
    sha256: '',
  }
  expect(result.manifest).toEqual(manifest)
})

test.each([
  ['a field nobody knows', { ...manifest, extra: 1 }],
  ['another format', { ...manifest, format: 2 }],
  ['a digest that is none', { ...manifest, content: { bytes: 1, sha256: 'x' } }],
  ['rows below zero', { ...manifest, tables: manifest.tables.map((table) => ({ ...table, rows: -1 })) }],
])('a manifest with %s is refused', (_what, value) => {
  expect(manifestSchema.safeParse(value).success).toBe(false)
})
