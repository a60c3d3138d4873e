import { describe, expect, it } from 'vitest'
import { type ProgressRow, progressOf } from '#electron/indexes/progress.ts'
import { indexPhases } from '#shared/indexes.ts'

const row = (phase: string, values: Partial<ProgressRow> = {}): ProgressRow => ({
  ...{ phase, lockersTotal: 0, lockersDone: 0, blocksTotal: 0, blocksDone: 0, tuplesTotal: 0, tuplesDone: 0 },
  blockSize: 8192,
  ...values,
})

/** The phases of PostgreSQL's own documentation, with the subphases of a B-tree. */
const server = [
  ['initializing', 'start'],
  ['waiting for writers before build', 'wait'],
  ['building index: initializing', 'scan'],
  ['building index: scanning table', 'scan'],
  ['building index: sorting live tuples', 'sort'],
  ['building index: sorting dead tuples', 'sort'],
  ['building index: loading tuples in tree', 'load'],
  ['waiting for writers before validation', 'wait'],
  ['index validation: scanning index', 'validate'],
  ['index validation: sorting tuples', 'validate'],
  ['index validation: scanning table', 'validate'],
  ['waiting for old snapshots', 'wait'],
  ['waiting for readers before marking dead', 'wait'],
  ['waiting for readers before dropping', 'wait'],
] as const

describe('the progress of a creation', () => {
  it.each(server)('calls “%s” %s', (words, phase) => {
    expect(indexPhases).toContain(progressOf(row(words)).phase)
    expect(progressOf(row(words)).phase).toBe(phase)
  })

  it('counts pages as bytes, entries as rows and transactions as steps', () => {
    expect(progressOf(row('building index: scanning table', { blocksDone: 3, blocksTotal: 10 }))).toMatchObject({
      ...{ unit: 'bytes', done: 24_576, total: 81_920 },
    })
    expect(progressOf(row('building index: loading tuples in tree', { tuplesDone: 5, tuplesTotal: 9 }))).toMatchObject({
      ...{ unit: 'rows', done: 5, total: 9 },
    })
    expect(progressOf(row('waiting for old snapshots', { lockersDone: 1, lockersTotal: 2 }))).toMatchObject({
      ...{ unit: 'steps', done: 1, total: 2 },
    })
  })

  it('has no total while the server gives none', () => {
    expect(progressOf(row('building index: scanning table')).total).toBeNull()
  })
})
