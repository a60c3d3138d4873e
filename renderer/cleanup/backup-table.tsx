import { Button, Group, Table, Text } from '@mantine/core'
import { IconHistory, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { TableRegion } from '#renderer/ui/table-region.tsx'
import { useFormat } from '#renderer/words.ts'
import type { BackupFile } from '#shared/cleanup-backup.ts'
import classes from './list.module.css'
import { useClinicInstant } from './use-clinic-instant.ts'

interface BackupTableProps {
  readonly files: readonly BackupFile[]
  readonly onOpen: (file: BackupFile) => void
  readonly onDelete: (file: BackupFile) => void
}

const columns = ['name', 'date', 'size', 'rows'] as const

/** The backups, newest first, with what became of their rows. */
export function BackupTable({ files, onOpen, onDelete }: BackupTableProps) {
  const { t } = useTranslation('cleanup')
  const { bytes } = useFormat()
  const instant = useClinicInstant()
  const sorted = files.toSorted((a, b) => b.createdAt - a.createdAt)
  return (
    <TableRegion label={t('backups.title')}>
      <Table.Thead>
        <Table.Tr>
          {columns.map((column) => (
            <Table.Th key={column} className={column === 'size' ? classes.number : undefined}>
              {t(`backups.${column}`)}
            </Table.Th>
          ))}
          <Table.Th>{t('backups.actions')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {sorted.map((file) => (
          <Table.Tr key={file.id} data-backup={file.name}>
            <Table.Th scope="row" className={classes.name}>
              {file.name}
              <Text size="xs" c="dimmed" fw={400}>
                {file.folder.path}
              </Text>
            </Table.Th>
            <Table.Td>{instant(file.createdAt)}</Table.Td>
            <Table.Td className={classes.number}>{bytes(file.bytes)}</Table.Td>
            <Table.Td>
              {t(`backups.state.${file.rows}`)}
              <Text size="xs" c="dimmed">
                {t(`backup.kind.${file.protection}`)}
              </Text>
              {file.due ? (
                <Text size="xs" fw={600}>
                  {t('backups.dueOne')}
                </Text>
              ) : file.keepUntil === null ? null : (
                <Text size="xs" c="dimmed">
                  {t('backups.keepUntil', { when: instant(file.keepUntil) })}
                </Text>
              )}
            </Table.Td>
            <Table.Td>
              <Group gap={6} wrap="nowrap">
                <Button
                  size="compact-sm"
                  variant="default"
                  leftSection={<IconHistory size={15} aria-hidden />}
                  aria-label={t('backups.openName', { name: file.name })}
                  onClick={() => onOpen(file)}
                  data-action="open-backup"
                >
                  {t('backups.open')}
                </Button>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="gray"
                  c="var(--mantine-color-text)"
                  leftSection={<IconTrash size={15} aria-hidden />}
                  aria-label={t('backups.deleteName', { name: file.name })}
                  onClick={() => onDelete(file)}
                  data-action="delete-backup"
                >
                  {t('backups.delete')}
                </Button>
              </Group>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </TableRegion>
  )
}
