import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { markRunning } from '#electron/shell/running-mark.ts'
import { recordedLog } from '#support/log.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podoskin-mark-'))
  file = join(folder, 'running.json')
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const start = (log = recordedLog()) => markRunning({ file, logFile: join(folder, 'none.log'), version: '1.2.3', log })

describe('the mark of a running program', () => {
  it('is quiet after a first start and after an orderly end', () => {
    const first = start()
    expect(first.trouble()).toBeNull()
    first.remove()
    expect(existsSync(file)).toBe(false)
    expect(start().trouble()).toBeNull()
  })

  it('tells of a run that did not end, with its version, and of why its page died', () => {
    start()
    const log = recordedLog()
    const second = start(log)
    expect(second.trouble()).toMatchObject({ what: 'app', version: '1.2.3', reason: null })
    expect(log.entries.map(({ event }) => event)).toEqual(['app.endedOutOfOrder'])
    second.pageGone('oom')
    expect(second.trouble()).toMatchObject({ what: 'page', reason: 'oom' })
    expect(start().trouble()).toMatchObject({ what: 'page', reason: 'oom' })
  })

  it.each(['', '{"version":', '[]', '{"version":7,"page":null}'])('knows by a damaged file too: %j', (content) => {
    writeFileSync(file, content)
    expect(start().trouble()).toMatchObject({ what: 'app', version: '' })
  })

  it('starts where it cannot be written', () => {
    const log = recordedLog()
    const mark = markRunning({ file: folder, logFile: file, version: '1', log })
    expect(mark.trouble()).toBeNull()
    mark.remove()
    expect(log.entries.map(({ event }) => event)).toEqual(['app.notMarked', 'app.markNotRemoved'])
  })
})
