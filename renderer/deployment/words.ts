import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useCurrentProfile } from '#renderer/connection/data.ts'
import { useLanguage } from '#renderer/words.ts'
import type { CheckId, CheckState, Evidence, Hint } from '#shared/deployment.ts'
import { createFormat } from '#shared/format.ts'
import type { Language } from '#shared/settings.ts'

export interface CheckWords {
  title(id: CheckId): string
  about(id: CheckId): string
  /** The name of a measured value. */
  name(evidence: Evidence): string
  /** A measured value as text. */
  value(evidence: Evidence): string
  hint(hint: Hint): string
  /** A moment in the clinic's zone, `24/11/2026 a las 14:05`. */
  moment(seconds: number): string
  day(seconds: number): string
  /** The value that says most of a check, for its line; null without one. */
  headline(check: CheckState): string | null
}

/** Where the first value is not the one to look at. */
const telling: Readonly<Partial<Record<CheckId, string>>> = {
  poolTest: 'twentyAtOnce',
  publishedPasswords: 'publishedUsers',
  ownFigures: 'loadTime',
  cleanup: 'cleanupAt',
}

/** The words of checks and their evidence; in the language of the screen, or in the one that is asked for. Moments are of the clinic. */
export function useCheckWords(fixed?: Language): CheckWords {
  const { i18n } = useTranslation()
  const shown = useLanguage()
  const language = fixed ?? shown
  const zone = useCurrentProfile()?.zone
  return useMemo(() => {
    const t = i18n.getFixedT(language, 'checks')
    const own = i18n.getFixedT(language, 'deployment')
    const errors = i18n.getFixedT(language, 'errors')
    const format = createFormat(language)
    const known = (key: string) => i18n.exists(key)
    const civil = (seconds: number) => new Date(seconds * 1000).toLocaleString('sv-SE', zone ? { timeZone: zone } : {})
    const dayOf = (seconds: number) => format.day(civil(seconds).slice(0, 10))
    const moment = (seconds: number) => own('check.on', { day: dayOf(seconds), time: format.clock(civil(seconds)) })

    function value({ kind, value: measured }: Evidence): string {
      if (measured === null) return own('value.unknown')
      if (Array.isArray(measured)) return measured.length === 0 ? own('value.none') : format.list(measured)
      if (typeof measured === 'boolean') return own(measured ? 'value.yes' : 'value.no')
      if (typeof measured === 'number') {
        if (kind === 'milliseconds') return own('value.milliseconds', { value: format.decimal(measured, 1) })
        if (kind === 'percent') return format.percent(measured, 1)
        return kind === 'moment' ? moment(measured) : format.decimal(measured, 2)
      }
      const text = String(measured)
      if (kind === 'status' && known(`deployment:status.${text}`)) return own(`status.${text}` as 'status.passed')
      if (kind === 'errorCode' && known(`errors:${text}.title`)) return errors(`${text}.title` as 'INTERNAL.title')
      return text
    }

    return {
      title: (id) => t(`check.${id}.title`),
      about: (id) => t(`check.${id}.about`),
      name: ({ key }) => (known(`checks:evidence.${key}`) ? t(`evidence.${key}`) : key),
      value,
      hint: ({ code, params }) =>
        i18n.exists(`checks:hint.${code}`, { ...params, lng: language })
          ? String(t(`hint.${code}` as 'hint.tryAgain', { ...params }))
          : code,
      moment,
      day: dayOf,
      headline({ id, result, status }) {
        if (result === null || status === 'notApplicable') return null
        const { evidence } = result
        const error = evidence.find(({ kind }) => kind === 'errorCode')
        const first = error ?? evidence.find(({ key }) => key === telling[id]) ?? evidence[0]
        if (!first || first.kind === 'status') return null
        const name = known(`checks:evidence.${first.key}`) ? t(`evidence.${first.key}`) : first.key
        // The value first: where there is no room the name is cut.
        return `${value(first)} · ${name}`
      },
    }
  }, [i18n, language, zone])
}
