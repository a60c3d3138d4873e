import { Group, Paper, SegmentedControl, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSaveSettings } from '#renderer/settings/data.ts'
import { useLanguage } from '#renderer/words.ts'
import type { Language } from '#shared/settings.ts'
import classes from './entry-layout.module.css'
import { Mark } from './mark.tsx'

interface EntryLayoutProps {
  readonly children: ReactNode
  readonly width?: number
}

/** The calm sheet that every screen before the frame stands on. */
export function EntryLayout({ children, width = 420 }: EntryLayoutProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const save = useSaveSettings()
  return (
    <div className={classes.ground}>
      <header className={classes.top}>
        <Group gap="xs" wrap="nowrap">
          <Mark />
          <Text fw={650}>{t('app')}</Text>
          <Text size="sm" c="dimmed" visibleFrom="xs">
            {t('tagline')}
          </Text>
        </Group>
        <SegmentedControl
          size="xs"
          aria-label={t('language.label')}
          value={language}
          onChange={(value) => save.mutate({ language: value as Language })}
          data={[
            { value: 'es', label: t('language.es') },
            { value: 'en', label: t('language.en') },
          ]}
        />
      </header>
      <main className={classes.main}>
        <Paper className={classes.sheet} w="100%" maw={width} p="xl">
          {children}
        </Paper>
      </main>
    </div>
  )
}
