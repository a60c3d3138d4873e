import i18next, { type i18n } from 'i18next'
import { useMemo } from 'react'
import { initReactI18next, useTranslation } from 'react-i18next'
import { createFormat, type Format } from '#shared/format.ts'
import { type Language, settingsSchema } from '#shared/settings.ts'
import { wordOptions } from '#shared/words.ts'

/** Starts the words of the page; both languages are in the program, so nothing is loaded. */
export function startWords(language: Language): i18n {
  void i18next.use(initReactI18next).init({
    ...wordOptions,
    lng: language,
  })
  return i18next
}

/** Changes the language of the page and tells it to screen readers. */
export function speak(language: Language): void {
  document.documentElement.lang = language === 'es' ? 'es-MX' : 'en'
  if (i18next.language !== language) void i18next.changeLanguage(language)
}

export function useLanguage(): Language {
  const { i18n: words } = useTranslation()
  const parsed = settingsSchema.shape.language.safeParse(words.language)
  return parsed.success ? parsed.data : 'es'
}

/** The formats of the language on screen. */
export function useFormat(): Format {
  const language = useLanguage()
  return useMemo(() => createFormat(language), [language])
}
