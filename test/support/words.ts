import { readFileSync } from 'node:fs'
import { join } from 'node:path'

type Language = 'es' | 'en'

/** A phrase of the app as a person reads it, such as `say('session', 'login.title')`. Throws when there is none. */
export function say(feature: string, key: string, language: Language = 'es'): string {
  const file = join(import.meta.dirname, '../../shared/locales', language, `${feature}.json`)
  let words: unknown = JSON.parse(readFileSync(file, 'utf8'))
  for (const part of key.split('.')) words = (words as Record<string, unknown> | undefined)?.[part]
  if (typeof words !== 'string') throw new Error(`no words at ${feature}:${key} in ${language}`)
  return words
}

/** The title that the page shows for an error code. */
export function errorTitle(code: string, language: Language = 'es'): string {
  return say('errors', `${code}.title`, language)
}
