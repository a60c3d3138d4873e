import { Button, Code, Group, Paper, Text, Title } from '@mantine/core'
import { IconEraser, IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '#renderer/api.ts'
import { isRunning } from '#renderer/jobs/data.ts'
import { JobProgressBar } from '#renderer/jobs/job-progress.tsx'
import { useJobWords } from '#renderer/jobs/words.ts'
import { CopyButton } from '#renderer/ui/copy-button.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { IndexAdvice } from '#shared/indexes.ts'
import type { Job } from '#shared/jobs.ts'
import type { IndexJobKind } from './data.ts'
import { IndexSign } from './index-sign.tsx'
import classes from './indexes.module.css'
import { useIndexWords } from './words.ts'

interface IndexRowProps {
  readonly advice: IndexAdvice
  /** The job that works, or worked last, on this index. */
  readonly job: Job | null
  readonly busy: boolean
  readonly onAct: (kind: IndexJobKind) => void
}

/** One advised index: what for, where, how large, how it stands, and what can be done. */
export function IndexRow({ advice, job, busy, onAct }: IndexRowProps) {
  const { t } = useTranslation('indexes')
  const words = useIndexWords()
  const { status, statement } = advice
  const name = words.name(advice)
  const running = job !== null && isRunning(job)
  return (
    <Paper component="li" className={classes.row} data-index={advice.id} data-state={status.state}>
      <div className={classes.head}>
        <Title order={3} size="h6" className={classes.name}>
          {name}
        </Title>
        <IndexSign state={running && job.kind === 'indexes.create' ? 'building' : status.state} />
        <Actions advice={advice} disabled={busy} hidden={running} onAct={onAct} />
      </div>
      <Text size="sm">{t(`why.${advice.id}`)}</Text>
      {status.state === 'impossible' ? (
        <Text size="sm" data-part="why">
          {t(`impossible.${status.why.reason}`, { ...status.why })}
        </Text>
      ) : null}
      {running ? <Progress job={job} /> : null}
      {job?.state === 'failed' && job.error && status.state !== 'ours' ? (
        <ErrorNotice error={new ApiError(job.error)} note={job.error.params.left === true ? t('left') : undefined} />
      ) : null}
      <Facts advice={advice} />
      {statement === null ? null : (
        <details className={classes.more}>
          <summary>{t('statement')}</summary>
          <Code block className={classes.code} tabIndex={0}>
            {statement}
          </Code>
          <CopyButton text={`${statement};`} label={t('copyStatement', { name })} />
        </details>
      )}
    </Paper>
  )
}

function Facts({ advice }: { readonly advice: IndexAdvice }) {
  const { t } = useTranslation('indexes')
  const words = useIndexWords()
  const { status, estimatedBytes } = advice
  const there = status.state === 'ours' || status.state === 'present'
  const size = there
    ? words.size(status.bytes)
    : estimatedBytes === null
      ? t('sizeUnknown')
      : words.size(estimatedBytes)
  return (
    <dl className={classes.facts}>
      <dt>{t('part.on')}</dt>
      <dd>{words.columns(advice)}</dd>
      {status.state === 'present' ? (
        <>
          <dt>{t('part.equivalent')}</dt>
          <dd>{status.name}</dd>
        </>
      ) : null}
      {status.state === 'impossible' ? null : (
        <>
          <dt>{t(there || estimatedBytes === null ? 'part.size' : 'part.approximate')}</dt>
          <dd className="numbers">{size}</dd>
        </>
      )}
      <dt>{t('part.serves')}</dt>
      <dd>{words.serves(advice)}</dd>
    </dl>
  )
}

interface ActionsProps {
  readonly advice: IndexAdvice
  readonly disabled: boolean
  readonly hidden: boolean
  readonly onAct: (kind: IndexJobKind) => void
}

const offered = {
  missing: [['create', 'indexes.create']],
  ours: [['drop', 'indexes.drop']],
  invalid: [
    ['again', 'indexes.create'],
    ['clear', 'indexes.drop'],
  ],
  present: [],
  building: [],
  impossible: [],
} as const
const icons = { create: IconPlus, again: IconPlus, drop: IconTrash, clear: IconEraser } as const

function Actions({ advice, disabled, hidden, onAct }: ActionsProps) {
  const { t } = useTranslation('indexes')
  const name = useIndexWords().name(advice)
  const actions: readonly (readonly [keyof typeof icons, IndexJobKind])[] = hidden ? [] : offered[advice.status.state]
  return (
    <Group gap="xs" data-print="no">
      {actions.map(([action, kind]) => {
        const Icon = icons[action]
        const label = t(`action.${action}`)
        return (
          <Button
            key={action}
            size="compact-sm"
            variant="default"
            leftSection={<Icon size={15} aria-hidden />}
            aria-label={t('actionOf', { action: label, name })}
            disabled={disabled}
            title={disabled ? t('busy') : undefined}
            data-action={action}
            onClick={() => onAct(kind)}
          >
            {label}
          </Button>
        )
      })}
    </Group>
  )
}

function Progress({ job }: { readonly job: Job }) {
  const { t } = useTranslation('jobs')
  const { phase, left } = useJobWords()(job)
  return (
    <div className={classes.progress}>
      <Text size="sm">{left === null ? phase : t('phaseLeft', { phase, left })}</Text>
      <JobProgressBar job={job} size="sm" />
    </div>
  )
}
