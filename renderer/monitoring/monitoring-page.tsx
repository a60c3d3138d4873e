import { Tabs } from '@mantine/core'
import { IconConnection, IconDatabaseCog, IconFileText, IconListSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IndexSection } from '#renderer/indexes/index-section.tsx'
import { PageHeader } from '#renderer/ui/page-header.tsx'
import { HourPanes } from './hour-panes.tsx'
import { useLogChanges } from './log-data.ts'
import { LogTab } from './log-tab.tsx'
import classes from './monitoring-page.module.css'
import { PoolTab } from './pool-tab.tsx'
import { SessionsTab } from './sessions-tab.tsx'

const tabs = [
  { name: 'sessions', icon: IconConnection, content: SessionsTab },
  { name: 'pool', icon: IconDatabaseCog, content: PoolTab },
  { name: 'log', icon: IconFileText, content: LogTab },
  { name: 'indexes', icon: IconListSearch, content: IndexSection },
] as const
type TabName = (typeof tabs)[number]['name']

/** Where a person was last: the page is left and come back to. */
let last: TabName = 'sessions'

/** Monitoreo: the last hour on one axis, and under it what it is made of. */
export function MonitoringPage() {
  const { t } = useTranslation('monitoring')
  const [chosen, setChosen] = useState<TabName>(last)
  useEffect(() => {
    last = chosen
  }, [chosen])
  useLogChanges()
  return (
    <div className={classes.page}>
      <PageHeader title={t('title')} note={t('intro')} />
      <HourPanes />
      <Tabs
        value={chosen}
        onChange={(name) => setChosen(tabs.find((tab) => tab.name === name)?.name ?? 'sessions')}
        keepMounted={false}
      >
        <Tabs.List aria-label={t('tabs.label')}>
          {tabs.map(({ name, icon: Icon }) => (
            <Tabs.Tab key={name} value={name} leftSection={<Icon size={16} stroke={1.7} aria-hidden />}>
              {t(`tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map(({ name, content: Content }) => (
          <Tabs.Panel key={name} value={name} pt="sm">
            <Content />
          </Tabs.Panel>
        ))}
      </Tabs>
    </div>
  )
}
