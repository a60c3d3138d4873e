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
 * defaults; a change that the disk refuses holds until the app closes, and `SETTINGS_NOT_SAVED` says so.
 */
export function createSettings({ file, log, systemLanguage }: SettingsOptions): SettingsStore {
  const stored = openJsonFile({ file, name: 'settings', parse: (value) => readStored(value, log), log })
  const listeners = new Set<(settings: Settings) => void>()
  let settings: Settings = stored.read() ?? defaultSettings(languageOf(systemLanguage))

  return {
    read: () => settings,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    handlers: {
      'settings.read': () => settings,
      'settings.save': async (change) => {
        settings = { ...settings, ...withoutUndefined(change) }
        for (const listener of listeners) listener(settings)
        const saved = settings
        const form = { schemaVersion: currentVersion, ...saved }
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
