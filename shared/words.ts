import i18next, { type InitOptions, type TFunction } from 'i18next'
import { resources, type Words } from './locales/index.ts'
import type { Language } from './settings.ts'

/** How every translator of the app reads the words: nothing is loaded, nothing is escaped, no braces remain. */
export const wordOptions = {
  fallbackLng: 'es',
  resources,
  defaultNS: 'common',
  interpolation: { escapeValue: false },
  // A server that gave no value must not leave {{braces}} before a person.
  missingInterpolationHandler: () => '…',
} as const satisfies InitOptions

/** A feature's words in a language, with their plurals, for what main itself writes: plans, reports, certificates. */
export function speaker<F extends keyof Words>(language: Language, feature: F): TFunction<F> {
  const words = i18next.createInstance()
  void words.init({ ...wordOptions, lng: language, initAsync: false })
  return words.getFixedT(language, feature)
}
