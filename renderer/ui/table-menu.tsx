import { ActionIcon, Menu } from '@mantine/core'
import { IconCopy, IconDownload, IconFileSpreadsheet } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ExportedTable } from '#shared/export.ts'
import { tabSeparated } from './tab-separated.ts'
import { useSave } from './use-save.ts'

/** What can be taken out of a chart or a list: a copy for a spreadsheet, a file. */
export function TableMenu({ table }: { readonly table: ExportedTable }) {
  const { t } = useTranslation('export')
  const { t: common } = useTranslation()
  const { csv, copy, busy } = useSave()
  const label = t('action.take', { title: table.title })
  return (
    <Menu position="bottom-end" width={210} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon size={26} aria-label={label} title={label} loading={busy}>
          <IconDownload size={16} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label={label}>
        <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => copy(tabSeparated(table))}>
          {common('action.copy')}
        </Menu.Item>
        <Menu.Item leftSection={<IconFileSpreadsheet size={16} aria-hidden />} onClick={() => csv(table)}>
          {t('action.csv')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
