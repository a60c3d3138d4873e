import { chmodSync, copyFileSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Log } from './log.ts'
import { replaceFile } from './replace-file.ts'

/** A small file of ours is a few kilobytes; more is not ours, and parsing it would stall the window. */
const MAX_BYTES = 4 * 1024 * 1024
/** What we store says who works where: only its owner reads it. */
const MODE = 0o600

export interface JsonFile<T> {
  /** The stored value; the last good copy when the file is damaged; null when there is neither. Never throws. */
  read(): T | null
  /** Replaces the file whole or not at all, in the order of the calls. Rejects when the disk refuses. */
  write(value: T): Promise<void>
}

export interface JsonFileOptions<T> {
  readonly file: string
  /** What the log calls it. */
  readonly name: string
  /** Turns what JSON said into a value; throws when it is not one. */
  parse(stored: unknown): T
  readonly log: Log
  /** Whether a second copy is kept for the day when the first is damaged; default true. */
  readonly lastGoodCopy?: boolean
}

/**
 * A small JSON file of this workstation, readable by its owner only. A damaged one is set aside as
 * `<file>.damaged` before anything overwrites it, and the last good copy, `<file>.bak`, takes its place.
 */
export function openJsonFile<T>({ file, name, parse, log, lastGoodCopy = true }: JsonFileOptions<T>): JsonFile<T> {
  const backup = `${file}.bak`
  let turn: Promise<unknown> = Promise.resolve()

  function load(path: string): T {
    if (statSync(path).size > MAX_BYTES) throw new RangeError('too large')
    return parse(JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')))
  }

  function setAside(): void {
    try {
      // A copy of what is far too large would take the disk, and hold the start up while it does.
      if (statSync(file).size > MAX_BYTES) renameSync(file, `${file}.damaged`)
      else copyFileSync(file, `${file}.damaged`)
      chmodSync(`${file}.damaged`, MODE)
    } catch (error) {
      log.warn('file.notSetAside', { file: name, code: codeOf(error) })
    }
  }

  return {
    read() {
      try {
        return load(file)
      } catch (error) {
        const missing = codeOf(error) === 'ENOENT'
        if (!missing) {
          log.error('file.damaged', { file: name, code: codeOf(error) })
          setAside()
        }
        if (!lastGoodCopy) return null
        try {
          const value = load(backup)
          log.warn('file.lastGoodCopy', { file: name })
          return value
        } catch (second) {
          if (codeOf(second) !== 'ENOENT') log.error('file.copyDamaged', { file: name, code: codeOf(second) })
          return null
        }
      }
    },

    write(value) {
      const text = `${JSON.stringify(value, null, 2)}\n`
      const done = turn.then(async () => {
        mkdirSync(dirname(file), { recursive: true })
        await replaceFile(file, text, { mode: MODE })
        if (!lastGoodCopy) return
        // The value is already safe: a copy that cannot be written must not turn a success into a failure.
        await replaceFile(backup, text, { mode: MODE }).catch((error: unknown) =>
          log.warn('file.noCopy', { file: name, code: codeOf(error) }),
        )
      })
      turn = done.catch(() => undefined)
      return done
    },
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
