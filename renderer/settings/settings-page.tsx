import { Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { RolesSection } from '#renderer/connection/roles-section.tsx'
import { PolicySection } from '#renderer/policy/policy-section.tsx'
import { useSession } from '#renderer/session/data.ts'
import { PageHeader } from '#renderer/ui/page-header.tsx'
import { UpdateSection } from '#renderer/updates/update-section.tsx'
import { AboutSection } from './about-section.tsx'
import { ConnectionsSection } from './connections-section.tsx'
import { PreferencesSection } from './preferences-section.tsx'

/** Ajustes: the preferences of this workstation, its connections, its true versions. */
export function SettingsPage() {
  const { t } = useTranslation('settings')
  const session = useSession().data
  const admin = session?.status === 'in' && session.user.role === 'admin'
  return (
    <Stack gap="md" maw={860}>
      <PageHeader title={t('title')} note={t('intro')} />
      <PolicySection />
      <PreferencesSection />
      {admin ? <ConnectionsSection /> : null}
      {admin ? <RolesSection /> : null}
      <UpdateSection admin={admin} />
      <AboutSection />
    </Stack>
  )
}
