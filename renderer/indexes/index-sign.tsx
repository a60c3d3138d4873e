import {
  IconBan,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleHalf2,
  IconDatabasePlus,
  IconLoader2,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { IndexStatus } from '#shared/indexes.ts'
import classes from './indexes.module.css'

const icons: Readonly<Record<IndexStatus['state'], typeof IconBan>> = {
  missing: IconCircleDashed,
  present: IconCircleCheck,
  ours: IconDatabasePlus,
  building: IconLoader2,
  invalid: IconCircleHalf2,
  impossible: IconBan,
}

/** How an index stands: by icon, word and colour. */
export function IndexSign({ state }: Pick<IndexStatus, 'state'>) {
  const { t } = useTranslation('indexes')
  const Icon = icons[state]
  return (
    <span className={classes.sign} data-state={state}>
      <Icon size={16} stroke={1.9} aria-hidden />
      {t(`state.${state}`)}
    </span>
  )
}
