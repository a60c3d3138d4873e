import type { TFunction } from 'i18next'
import type { z } from 'zod'

/** What is wrong with each field, in words, by the path of the field (`pool.max`). */
export function fieldErrors(schema: z.ZodType, values: unknown, t: TFunction<'common'>): Record<string, string> {
  const parsed = schema.safeParse(values)
  if (parsed.success) return {}
  const errors: Record<string, string> = {}
  for (const issue of parsed.error.issues) {
    const path = issue.path.join('.')
    errors[path] ??= words(issue, t)
  }
  return errors
}

function words(issue: z.core.$ZodIssue, t: TFunction<'common'>): string {
  if (issue.code === 'too_small') {
    return issue.origin === 'string'
      ? t('validation.required')
      : t('validation.atLeast', { min: String(issue.minimum) })
  }
  if (issue.code === 'too_big') {
    const max = String(issue.maximum)
    return issue.origin === 'string' ? t('validation.tooLong', { max }) : t('validation.atMost', { max })
  }
  if (issue.code === 'invalid_type') return t('validation.required')
  if (issue.code === 'custom' && issue.params?.rule === 'zone') return t('validation.zone')
  if (issue.code === 'custom' && issue.params?.rule === 'warmOverMax') return t('validation.warmOverMax')
  return t('validation.invalid')
}
