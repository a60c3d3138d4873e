import { Group, Kbd, Modal, Table } from '@mantine/core'
import { useOs } from '@mantine/hooks'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'

interface KeyListProps {
  readonly opened: boolean
  readonly onClose: () => void
  /** Names of the pages in the order of their number keys. */
  readonly pages: readonly string[]
}

/** Every key of the app in one table. */
export function KeyList({ opened, onClose, pages }: KeyListProps) {
  const { t } = useTranslation()
  const mod = useOs() === 'macos' ? t('keys.cmd') : t('keys.ctrl')
  const rows: [readonly string[], string][] = [
    ...pages.map((page, index): [readonly string[], string] => [[mod, String(index + 1)], t('keys.page', { page })]),
    [['F5'], t('keys.refresh')],
    [[mod, 'K'], t('keys.palette')],
    [[mod, 'L'], t('keys.lock')],
    [['T'], t('keys.table')],
    [[t('keys.esc')], t('keys.escape')],
    [['?'], t('keys.list')],
  ]
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('keys.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      centered
    >
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={120}>{t('keys.keyColumn')}</Table.Th>
            <Table.Th>{t('keys.actionColumn')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(([keys, action]) => (
            <Table.Tr key={action}>
              <Table.Td>
                <Group gap={4} wrap="nowrap">
                  {keys.map((key, index) => (
                    <Fragment key={key}>
                      {index > 0 ? '+' : null}
                      <Kbd>{key}</Kbd>
                    </Fragment>
                  ))}
                </Group>
              </Table.Td>
              <Table.Td>{action}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  )
}
