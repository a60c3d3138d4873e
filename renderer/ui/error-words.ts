import { useTranslation } from 'react-i18next'
import type { WireError } from '#shared/errors.ts'

export interface ErrorWords {
  readonly title: string
  readonly cause: string
  readonly action: string
  /** Everything a person may send to support; it holds no patient's data, as the error itself does not. */
  readonly details: string
}

/** What happened, the probable cause and what to do now, in the language on screen. */
export function useErrorWords(error: WireError): ErrorWords {
  const { t } = useTranslation('errors')
  const { t: common } = useTranslation('common')
  const words = {
    title: t(`${error.code}.title`, error.params),
    cause: t(`${error.code}.cause`, error.params),
    action: t(`${error.code}.action`, error.params),
  }
  const details = [
    `${common('error.happened')}: ${words.title}`,
    `${common('error.cause')}: ${words.cause}`,
    `${common('error.action')}: ${words.action}`,
    `${common('error.code', { code: error.code })} · ${common('error.ref', { ref: error.ref })}`,
  ].join('\n')
  return { ...words, details }
}
