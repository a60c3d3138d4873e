import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClockExclamation,
  IconEyeOff,
  IconMinus,
  IconSignature,
  IconThumbUp,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CheckStatus } from '#shared/deployment.ts'
import classes from './status-sign.module.css'

const icons: Readonly<Record<CheckStatus, typeof IconMinus>> = {
  passed: IconCircleCheck,
  failed: IconCircleX,
  warning: IconAlertTriangle,
  notVerifiable: IconEyeOff,
  notApplicable: IconMinus,
  signed: IconSignature,
  waived: IconThumbUp,
  expired: IconClockExclamation,
  pending: IconCircleDashed,
}

/** How a check stands: by icon, word and colour. Only what was seen to be right is green. */
export function StatusSign({ status, word }: { readonly status: CheckStatus; readonly word?: string }) {
  const { t } = useTranslation('deployment')
  const Icon = icons[status]
  return (
    <span className={classes.sign} data-status={status}>
      <Icon size={17} stroke={1.9} aria-hidden />
      <span>{word ?? t(`status.${status}`)}</span>
    </span>
  )
}
