import en from '#shared/locales/en/shell.json'
import es from '#shared/locales/es/shell.json'
import type { Language } from '#shared/settings.ts'

/** What the operating system shows for us: menu, dialogs, window title. */
export type ShellWords = typeof es

const words: Readonly<Record<Language, ShellWords>> = { es, en }

/** The shell's words in a language. */
export function shellWords(language: Language): ShellWords {
  return words[language]
}
