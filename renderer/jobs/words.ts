import { useTranslation } from 'react-i18next'
import type { Job } from '#shared/jobs.ts'

/** What a job is called, what it is doing now, and how long it may still take. */
export function useJobWords(): (job: Job) => {
  name: string
  phase: string
  left: string | null
  share: number | null
} {
  const { t } = useTranslation('jobs')
  const { t: cleanup } = useTranslation('cleanup')
  const { t: indexes } = useTranslation('indexes')
  const { t: checks } = useTranslation('checks')
  const known = {
    indexes: indexes('phase', { returnObjects: true }) as Readonly<Record<string, string>>,
    cleanup: cleanup('phase', { returnObjects: true }) as Readonly<Record<string, string>>,
    // A phase of a verification is a check.
    deployment: titles(checks('check', { returnObjects: true })),
  }
  return ({ kind, state, progress }) => {
    const phases = known[kind.split('.')[0] as keyof typeof known]
    const { done, total, secondsLeft } = progress
    return {
      name: t(`kind.${kind.replace('.', '-') as 'cleanup-rehearse'}`),
      phase: state === 'running' ? (phases[progress.phase] ?? t('working')) : t(`state.${state}`),
      left: state !== 'running' || secondsLeft === null ? null : t('left', { time: timeLeft(secondsLeft, t) }),
      share: total === null || total === 0 ? null : Math.min(1, done / total),
    }
  }
}

function titles(words: Readonly<Record<string, { readonly title: string }>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(words).map(([id, { title }]) => [id, title]))
}

type Say = ReturnType<typeof useTranslation<'jobs'>>['t']

/** Coarse on purpose: an estimate to the second would only flicker. */
function timeLeft(seconds: number, t: Say): string {
  if (seconds <= 60) return t('seconds', { value: Math.max(5, Math.ceil(seconds / 5) * 5) })
  return t('minutes', { value: Math.ceil(seconds / 60) })
}
