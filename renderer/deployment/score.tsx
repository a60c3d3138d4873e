import { Alert, Anchor, Paper, Text, Title, VisuallyHidden } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type CheckId, type DeploymentState, greenStatuses } from '#shared/deployment.ts'
import classes from './score.module.css'
import { StatusSign } from './status-sign.tsx'
import { useCheckWords } from './words.ts'

interface ScoreProps {
  readonly state: DeploymentState
  /** Opens a check and goes there. */
  readonly onGo: (check: CheckId) => void
}

/** As many as fit without pushing the checklist out of sight. */
const shown = 5

/** The guide's eight items as the score, and what stands between the clinic and its certificate. */
export function Score({ state, onGo }: ScoreProps) {
  const { t } = useTranslation('deployment')
  const words = useCheckWords()
  const { items, verified, checks, ready, basisKnown } = state
  const blocking = checks.filter(({ severity, status }) => severity === 'required' && !greenStatuses.includes(status))
  // What failed first: that is what wants a person.
  const order = ['failed', 'warning', 'expired', 'notVerifiable', 'pending']
  const sorted = blocking.toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status))
  return (
    <Paper component="section" className={classes.score} aria-label={t('score.label')}>
      <div>
        <Title order={2} size="h4" className="numbers" data-part="score">
          {t('score.verified', { verified, total: items.length })}
        </Title>
        <ul className={classes.items}>
          {items.map(({ item, verified: done }) => {
            const Icon = done ? IconCircleCheck : IconCircleDashed
            return (
              <li key={item} data-item={item} data-verified={done}>
                <Icon size={17} stroke={1.9} aria-hidden />
                <span>
                  {t(`item.${item}`)}
                  <VisuallyHidden>{`: ${done ? t('score.yes') : t('score.no')}`}</VisuallyHidden>
                </span>
              </li>
            )
          })}
        </ul>
      </div>
      <div className={classes.blocks} data-part="blocks">
        <Title order={3} size="h6">
          {t('score.blocks')}
        </Title>
        {basisKnown ? null : (
          <Alert color="yellow" p="xs" icon={<IconAlertTriangle size={18} aria-hidden />}>
            <Text size="sm">{t('score.unknownBasis')}</Text>
          </Alert>
        )}
        {ready ? (
          <Text size="sm">{t('score.nothingBlocks')}</Text>
        ) : (
          <ul className={classes.list}>
            {sorted.slice(0, shown).map(({ id, status }) => (
              <li key={id}>
                <StatusSign status={status} />
                <Anchor component="button" type="button" size="sm" onClick={() => onGo(id)}>
                  {words.title(id)}
                </Anchor>
              </li>
            ))}
            {sorted.length > shown ? (
              <li>
                <Text size="sm" c="dimmed">
                  {t('score.more', { count: sorted.length - shown })}
                </Text>
              </li>
            ) : null}
          </ul>
        )}
      </div>
    </Paper>
  )
}
