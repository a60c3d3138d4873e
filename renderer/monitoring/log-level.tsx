import { IconAlertOctagon, IconAlertTriangle, IconCircleX, IconInfoCircle, IconPoint } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { LogLevel } from '#shared/monitoring-log.ts'
import classes from './log.module.css'

const icons = {
  debug: IconPoint,
  info: IconInfoCircle,
  warning: IconAlertTriangle,
  error: IconCircleX,
  critical: IconAlertOctagon,
} as const

interface LevelSignProps {
  readonly level: LogLevel | null
  /** Where what follows says it in words. */
  readonly silent?: boolean
}

/** A level by shape and word, not only by colour. */
export function LevelSign({ level, silent = false }: LevelSignProps) {
  const { t } = useTranslation('log')
  const Icon = icons[level ?? 'debug']
  const word = t(`level.${level ?? 'unknown'}`)
  return (
    <span className={classes.level} data-level={level ?? 'unknown'} title={word}>
      <Icon size={15} stroke={1.9} aria-hidden />
      {silent ? null : <span className={classes.levelWord}>{word}</span>}
    </span>
  )
}
