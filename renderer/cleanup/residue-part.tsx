import { Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/words.ts'
import type { Residue } from '#shared/cleanup.ts'
import { useAmounts } from './amounts.ts'
import classes from './list.module.css'
import { Part } from './part.tsx'
import { tableName } from './table-name.ts'

/** What stays behind although it may speak of patients who are gone. */
export function ResiduePart({ residue }: { readonly residue: Residue }) {
  const { t } = useTranslation('cleanup')
  const { bytes } = useFormat()
  const { of } = useAmounts()
  const { personal, nowhere, files, staleViews } = residue
  const kinds = [
    {
      kind: 'personal',
      lines: personal.map(({ table, rows, columns }) =>
        t('left.personalLine', { table: tableName(table), rows: of('rows', rows), columns: columns.join(', ') }),
      ),
    },
    {
      kind: 'nowhere',
      lines: nowhere.map(({ table, column, rows }) =>
        t('left.nowhereLine', { table: tableName(table), column, rows: of('rows', rows) }),
      ),
    },
    {
      kind: 'files',
      lines: files
        ? [
            files.bytes === null
              ? t('left.filesLineUnsized', { rows: of('rows', files.rows) })
              : t('left.filesLine', {
                  rows: of('rows', files.rows),
                  size: bytes(files.bytes),
                }),
          ]
        : [],
    },
    { kind: 'views', lines: staleViews },
  ] as const
  const found = kinds.filter(({ lines }) => lines.length > 0)
  return (
    <Part
      title={t('left.title')}
      tone={found.length > 0 ? 'open' : 'plain'}
      icon={found.length > 0 ? <IconAlertTriangle size={18} aria-hidden /> : <IconCircleCheck size={18} aria-hidden />}
    >
      {found.length === 0 ? <Text size="sm">{t('left.none')}</Text> : null}
      {found.map(({ kind, lines }) => (
        <div key={kind} data-residue={kind}>
          <Text size="sm" fw={600}>
            {t(`left.${kind}`)}
          </Text>
          <ul className={classes.plain}>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      ))}
    </Part>
  )
}
