import { openJsonFile } from '#electron/json-file.ts'
import type { Log } from '#electron/log.ts'
import type { HandlersOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { Language, Settings } from '#shared/settings.ts'
import { currentVersion, defaultSettings, readStored } from './stored.ts'

export interface SettingsOptions {
  readonly file: string
  readonly log: Log
  /** BCP 47 tag of the system's language; the first start follows it when we speak it. */
  readonly systemLanguage?: string
  /** The language that the machine's policy fixes; what a person had chosen is kept for the day when it does not. */
  readonly fixedLanguage?: Language | null
}

export interface SettingsStore {
  readonly handlers: HandlersOf<'settings'>
  /** The preferences as they stand, from memory. */
  read(): Settings
  /** Hears every change; returns how to stop hearing. */
  onChange(listener: (settings: Settings) => void): () => void
}

/**
 * The preferences of this workstation. A damaged file yields to its last good copy, then to the
 * defaults; a change that the disk refuses holds until the app closes, and `SETTINGS_NOT_SAVED` says so. A language that
 * the policy fixes is not changed: `MANAGED_BY_POLICY`.
 */
export function createSettings({ file, log, systemLanguage, fixedLanguage = null }: SettingsOptions): SettingsStore {
  const stored = openJsonFile({ file, name: 'settings', parse: (value) => readStored(value, log), log })
  const listeners = new Set<(settings: Settings) => void>()
  let settings: Settings = stored.read() ?? defaultSettings(languageOf(systemLanguage))

  const seen = (): Settings => (fixedLanguage === null ? settings : { ...settings, language: fixedLanguage })

  return {
    read: seen,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    handlers: {
      'settings.read': seen,
      'settings.save': async (change) => {
        if (fixedLanguage !== null && change.language !== undefined) throw new AppError('MANAGED_BY_POLICY')
        settings = { ...settings, ...withoutUndefined(change) }
        for (const listener of listeners) listener(seen())
        const saved = seen()
        const form = { schemaVersion: currentVersion, ...settings }
        try {
          await stored.write(form)
        } catch (error) {
          throw new AppError('SETTINGS_NOT_SAVED', {}, { cause: error })
        }
        return saved
      },
    },
  }
}

function languageOf(tag: string | undefined): Language {
  return tag?.toLowerCase().startsWith('en') ? 'en' : 'es'
}

function withoutUndefined<T extends object>(change: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
