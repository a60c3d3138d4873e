import { IconEraser, IconHelpCircle, IconRowRemove, IconShieldCheck, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Verdict } from '#shared/cleanup.ts'
import classes from './verdict.module.css'

const icons: Readonly<Record<Verdict, typeof IconTrash>> = {
  keep: IconShieldCheck,
  delete: IconTrash,
  deleteRows: IconRowRemove,
  clearColumns: IconEraser,
  ask: IconHelpCircle,
}

/** What happens to a table: by icon, word and colour. */
export function VerdictSign({ verdict }: { readonly verdict: Verdict }) {
  const { t } = useTranslation('cleanup')
  const Icon = icons[verdict]
  return (
    <span className={classes.sign} data-verdict={verdict}>
      <Icon size={16} stroke={1.8} aria-hidden />
      {t(`verdict.${verdict}`)}
    </span>
  )
}
