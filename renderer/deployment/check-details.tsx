import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core'
import { IconBulb, IconClockExclamation } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '#renderer/ui/copy-button.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { ScrollRegion } from '#renderer/ui/scroll-region.tsx'
import { useFormat } from '#renderer/words.ts'
import { type CheckState, type DecisionKind, decisionKinds } from '#shared/deployment.ts'
import classes from './check-details.module.css'
import { useClearDecision } from './data.ts'
import { GuideLine } from './guide-line.tsx'
import { HistoryList } from './history-list.tsx'
import { useCheckWords } from './words.ts'

interface CheckDetailsProps {
  readonly check: CheckState
  readonly onDecide: (kind: DecisionKind) => void
}

/** Everything there is of a check: evidence, what to do, who decided what, what came before. */
export function CheckDetails({ check, onDecide }: CheckDetailsProps) {
  const { t } = useTranslation('deployment')
  const { list } = useFormat()
  const words = useCheckWords()
  const { result, expired, staleWaiver, history } = check
  return (
    <Stack gap="sm" className={classes.details}>
      {expired.length > 0 ? (
        <Alert color="yellow" p="xs" icon={<IconClockExclamation size={18} aria-hidden />}>
          <Text size="sm">
            {t('expiredBecause', { reasons: list(expired.map((reason) => t(`expiry.${reason}`))) })}
          </Text>
        </Alert>
      ) : null}
      {result?.hint ? (
        <Alert color="accent" p="xs" icon={<IconBulb size={18} aria-hidden />} title={t('check.hint')} data-part="hint">
          <Text size="sm">{words.hint(result.hint)}</Text>
          {result.hint.command === null ? null : (
            <div className={classes.command}>
              <Code block tabIndex={0} aria-label={t('check.command')}>
                {result.hint.command}
              </Code>
              <CopyButton text={result.hint.command} label={t('check.copyCommand')} />
            </div>
          )}
        </Alert>
      ) : null}
      {staleWaiver ? <Text size="sm">{t('check.staleWaiver')}</Text> : null}
      <DecisionPart check={check} onDecide={onDecide} />
      {result ? <EvidencePart check={check} /> : <Text size="sm">{t('check.never')}</Text>}
      {result && result.lines.length > 0 ? (
        <details className={classes.more}>
          <summary>{t('check.lines')}</summary>
          <ScrollRegion label={t('check.lines')} className={classes.lines}>
            <ul>
              {result.lines.map((text, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a line may be printed twice
                <li key={place}>
                  <GuideLine text={text} />
                </li>
              ))}
            </ul>
          </ScrollRegion>
        </details>
      ) : null}
      <details className={classes.more}>
        <summary>{t('check.history')}</summary>
        <HistoryList history={history} />
      </details>
    </Stack>
  )
}

function EvidencePart({ check: { result, expiresAt } }: { readonly check: CheckState }) {
  const { t } = useTranslation('deployment')
  const { decimal } = useFormat()
  const words = useCheckWords()
  if (!result) return null
  return (
    <div>
      <Text size="sm" fw={550} mb={4}>
        {t('check.evidence')}
      </Text>
      <dl className={classes.evidence} data-part="evidence">
        {result.evidence.map((evidence) => (
          <div key={evidence.key}>
            <dt>{words.name(evidence)}</dt>
            <dd className="numbers">{words.value(evidence)}</dd>
          </div>
        ))}
      </dl>
      <Text size="xs" c="dimmed" className="numbers" mt={4}>
        {[
          words.moment(result.at),
          t('check.took', { time: t('value.milliseconds', { value: decimal(result.milliseconds, 0) }) }),
          ...(expiresAt === null ? [] : [t('check.validUntil', { day: words.day(expiresAt) })]),
        ].join(' · ')}
      </Text>
    </div>
  )
}

function DecisionPart({ check, onDecide }: CheckDetailsProps) {
  const { t } = useTranslation('deployment')
  const words = useCheckWords()
  const clear = useClearDecision()
  const { decision, may, id } = check
  const offered = { signed: may.sign, waived: may.waive, notApplicable: may.notApplicable }
  const kinds = decisionKinds.filter((kind) => offered[kind])
  return (
    <>
      {decision ? (
        <div data-part="decision">
          <Text size="sm" fw={550}>
            {t(`decision.${decision.kind}`, { by: decision.by, day: words.day(decision.at) })}
          </Text>
          <Text size="sm">{t('decision.reason', { reason: decision.reason })}</Text>
        </div>
      ) : null}
      {clear.error ? <ErrorNotice error={clear.error} /> : null}
      {kinds.length > 0 || decision ? (
        <Group gap="xs">
          {kinds.map((kind) => (
            <Button
              key={kind}
              size="compact-sm"
              variant={kind === 'signed' ? 'filled' : 'default'}
              aria-label={t(`dialog.${kind}`, { check: words.title(id) })}
              data-act={kind}
              onClick={() => onDecide(kind)}
            >
              {t(`act.${kind}`)}
            </Button>
          ))}
          {decision ? (
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              loading={clear.isPending}
              aria-label={t('decision.clearOf', { check: words.title(id) })}
              onClick={() => clear.mutate(id)}
            >
              {t('decision.clear')}
            </Button>
          ) : null}
        </Group>
      ) : null}
    </>
  )
}
