import { Button, Paper, Text, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/words.ts'
import type { LogGroup } from '#shared/monitoring-log.ts'
import classes from './log.module.css'
import { LevelSign } from './log-level.tsx'

interface LogCausesProps {
  readonly groups: readonly LogGroup[]
  readonly chosen: number | null
  readonly onChoose: (group: number | null) => void
}

/** Problems by cause, worst first; a choice shows only its messages in the list. */
export function LogCauses({ groups, chosen, onChoose }: LogCausesProps) {
  const { t } = useTranslation('log')
  const { integer, instant } = useFormat()
  return (
    <Paper component="section" className={classes.causes} aria-label={t('causes.title')}>
      <div className={classes.causesHead}>
        <Text component="h3" size="sm" fw={600}>
          {t('causes.title')}
        </Text>
        {chosen === null ? null : (
          <Button size="compact-xs" variant="subtle" onClick={() => onChoose(null)}>
            {t('causes.all')}
          </Button>
        )}
      </div>
      {groups.length === 0 ? (
        <Text size="sm" c="dimmed" p="xs">
          {t('causes.none')}
        </Text>
      ) : null}
      <ul className={classes.causesList}>
        {groups.map(({ id, cause, detail, level, count, sinceStart, first, last }) => (
          <li key={id}>
            <UnstyledButton
              className={classes.cause}
              aria-pressed={chosen === id}
              data-cause={cause}
              title={t('causes.show')}
              onClick={() => onChoose(chosen === id ? null : id)}
            >
              <LevelSign level={level} silent />
              <span className={classes.causeName}>
                {t(`cause.${cause}`)}
                {detail === '' ? null : <span className={classes.detail}>{detail}</span>}
              </span>
              <span className={classes.causeCount}>{integer(count)}</span>
              <span className={classes.causeTimes}>
                {count === sinceStart ? null : `${t('causes.since')}: ${integer(sinceStart)} · `}
                {first === null || last === null
                  ? t('causes.noTime')
                  : first === last
                    ? instant(last)
                    : `${instant(first)} – ${instant(last)}`}
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </Paper>
  )
}
