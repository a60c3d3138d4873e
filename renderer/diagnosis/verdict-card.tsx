import { Alert, Button, Group, Paper, Progress, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconHelpCircle, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Diagnosis, Facts, NextPage } from '#shared/diagnosis.ts'
import { CommandList } from './command-list.tsx'
import classes from './diagnosis.module.css'

interface VerdictCardProps {
  readonly diagnosis: Diagnosis
  /** What was known of the cause of the time before, for the words that say that it is solved. */
  readonly before: Facts
  readonly onAgain: () => void
  /** Leads to a page of the app; null where there is none to lead to. */
  readonly onPage: ((page: NonNullable<NextPage>) => void) | null
}

const icons = { found: IconAlertTriangle, clear: IconCircleCheck, unproven: IconHelpCircle } as const

/** One verdict and one next step. While probes run, how far they are. */
export function VerdictCard({ diagnosis, before, onAgain, onPage }: VerdictCardProps) {
  const { t } = useTranslation('diagnosis')
  const { verdict, probes, symptom, system } = diagnosis
  if (verdict === null) {
    const done = probes.filter(({ status }) => status !== 'waiting' && status !== 'running').length
    const label = t('verdict.running', { done, total: probes.length })
    return (
      <Paper p="md" component="section" aria-live="polite" data-verdict="running">
        <Stack gap="sm">
          <Text>{label}</Text>
          <Progress value={(done / probes.length) * 100} aria-label={label} />
        </Stack>
      </Paper>
    )
  }
  const { kind, cause, facts, commands, page, solved } = verdict
  const Icon = icons[kind]
  const note = String(facts.note ?? '') as 'sessionsHidden'
  const next =
    kind === 'found' && cause
      ? t(`cause.${cause}.next`, facts)
      : kind === 'unproven'
        ? t(`unproven.${note}`, facts)
        : t(`clear.${symptom}`)
  return (
    <Paper
      p="md"
      component="section"
      aria-live="polite"
      data-verdict={kind}
      data-cause={cause}
      className={classes.verdict}
    >
      <Stack gap="sm">
        {solved ? (
          <Alert color="accent" icon={<IconCircleCheck size={20} aria-hidden />} data-solved={solved}>
            {t('verdict.solved', { cause: t(`cause.${solved}.title`, before) })}
          </Alert>
        ) : null}
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <Icon size={26} stroke={1.7} className={classes.verdictIcon} aria-hidden />
          <Title order={2} size="h4">
            {kind === 'found' && cause ? t(`cause.${cause}.title`, facts) : t(`verdict.${kind}`)}
          </Title>
        </Group>
        {cause ? (
          <div>
            <Text size="sm" fw={650}>
              {t('verdict.why')}
            </Text>
            <Text size="sm">{t(`cause.${cause}.why`, facts)}</Text>
          </div>
        ) : null}
        <div>
          <Text size="sm" fw={650}>
            {t('verdict.next')}
          </Text>
          <Text size="sm">{next}</Text>
        </div>
        <CommandList commands={commands} system={system} />
        <Group gap="xs">
          <Button leftSection={<IconRefresh size={16} aria-hidden />} onClick={onAgain} data-action="again">
            {t('verdict.again')}
          </Button>
          {page && onPage ? (
            <Button variant="default" onClick={() => onPage(page)}>
              {t(`page.${page}`)}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </Paper>
  )
}
