import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCurrentProfile } from '#renderer/connection/data.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { backendUrlSchema, type Facts, type NextPage, type Symptom } from '#shared/diagnosis.ts'
import { BudgetCard } from './budget-card.tsx'
import { type Question, useDiagnosis } from './data.ts'
import classes from './diagnosis.module.css'
import { ProbeList } from './probe-list.tsx'
import { SymptomList } from './symptom-list.tsx'
import { VerdictCard } from './verdict-card.tsx'

interface DiagnosisPanelProps {
  readonly onPage: ((page: NonNullable<NextPage>) => void) | null
  /** Hears whether the symptoms are on the screen, or one of them is being looked at. */
  readonly onChoosing?: (choosing: boolean) => void
}

/** The answers where the sizes of pools matter. */
const aboutConnections: ReadonlySet<Symptom> = new Set(['poolExhausted', 'everything'])
const aboutBackend: ReadonlySet<Symptom> = new Set(['backendDown', 'zeros', 'library', 'stuck', 'everything'])

/** From a symptom to one next step; the same before and after the login. */
export function DiagnosisPanel({ onPage, onChoosing }: DiagnosisPanelProps) {
  const { t } = useTranslation('diagnosis')
  const profile = useCurrentProfile()
  const { state, error, begin, leave } = useDiagnosis()
  const [asked, setAsked] = useState<Symptom | null>(null)
  const [url, setUrl] = useState('')
  const [factsBefore, setFactsBefore] = useState<Facts>({})
  const top = useRef<HTMLHeadingElement>(null)
  const parsed = backendUrlSchema.safeParse(url)
  const wrong = url.trim() !== '' && !parsed.success

  const start = (symptom: Symptom, before: Question['before']) => {
    setAsked(symptom)
    setFactsBefore(state?.verdict?.facts ?? {})
    onChoosing?.(false)
    void begin({ symptom, before, backendUrl: parsed.success && url.trim() !== '' ? parsed.data : null })
    requestAnimationFrame(() => top.current?.focus({ preventScroll: true }))
  }
  const back = () => {
    leave()
    setAsked(null)
    onChoosing?.(true)
  }

  if (asked === null) return <SymptomList onChoose={(symptom) => start(symptom, null)} />
  return (
    <Stack gap="sm">
      <Group gap="sm" justify="space-between">
        <Title order={2} size="h4" ref={top} tabIndex={-1} className={classes.heading}>
          {t(`symptom.${asked}.title`)}
        </Title>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconArrowLeft size={15} aria-hidden />}
          onClick={back}
        >
          {t('verdict.other')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {t(`symptom.${asked}.say`)}
      </Text>
      {error ? <ErrorNotice error={error} onRetry={() => start(asked, null)} /> : null}
      {state ? (
        <div className={classes.run}>
          <Stack gap="sm">
            <VerdictCard
              diagnosis={state}
              before={factsBefore}
              onAgain={() => start(asked, state.verdict?.cause ?? null)}
              onPage={onPage}
            />
            {aboutBackend.has(asked) ? (
              <TextInput
                label={t('backend.label')}
                description={t('backend.hint')}
                placeholder={t('backend.example')}
                value={url}
                onChange={(event) => setUrl(event.currentTarget.value)}
                error={wrong ? t('backend.wrong') : null}
              />
            ) : null}
            {aboutConnections.has(asked) && state.verdict ? (
              <BudgetCard diagnosis={state} ours={profile?.pool.max ?? null} />
            ) : null}
          </Stack>
          <ProbeList probes={state.probes} />
        </div>
      ) : null}
    </Stack>
  )
}
