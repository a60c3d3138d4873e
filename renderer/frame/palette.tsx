import { Spotlight } from '@mantine/spotlight'
import {
  IconDeviceDesktop,
  IconKeyboard,
  IconLanguage,
  IconLock,
  IconLogout,
  IconMoon,
  IconRefresh,
  IconSearch,
  IconSun,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useSaveSettings } from '#renderer/settings/data.ts'
import { useLanguage } from '#renderer/words.ts'
import type { Page } from './pages.ts'
import { refreshAll } from './use-commands.ts'

interface PaletteProps {
  readonly pages: readonly Page[]
  readonly onLock: () => void
  readonly onLogout: () => void
  readonly onKeys: () => void
}

/** Finds any page or action by its name. */
export function Palette({ pages, onLock, onLogout, onKeys }: PaletteProps) {
  const { t } = useTranslation()
  const [, navigate] = useLocation()
  const language = useLanguage()
  const { mutate: save } = useSaveSettings()
  const icon = (Icon: typeof IconSearch) => <Icon size={18} stroke={1.7} aria-hidden />
  const actions = [
    { id: 'refresh', label: t('keys.refresh'), leftSection: icon(IconRefresh), onClick: refreshAll },
    { id: 'lock', label: t('user.lock'), leftSection: icon(IconLock), onClick: onLock },
    { id: 'logout', label: t('user.logout'), leftSection: icon(IconLogout), onClick: onLogout },
    { id: 'keys', label: t('user.keys'), leftSection: icon(IconKeyboard), onClick: onKeys },
    {
      id: 'light',
      label: t('palette.light'),
      leftSection: icon(IconSun),
      onClick: () => save({ appearance: 'light' }),
    },
    { id: 'dark', label: t('palette.dark'), leftSection: icon(IconMoon), onClick: () => save({ appearance: 'dark' }) },
    {
      id: 'system',
      label: t('palette.system'),
      leftSection: icon(IconDeviceDesktop),
      onClick: () => save({ appearance: 'system' }),
    },
    {
      id: 'language',
      label: t('palette.switchLanguage'),
      leftSection: icon(IconLanguage),
      onClick: () => save({ language: language === 'es' ? 'en' : 'es' }),
    },
  ]
  return (
    <Spotlight
      shortcut={null}
      highlightQuery
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      attributes={{ content: { 'aria-label': t('palette.label') } }}
      nothingFound={t('palette.nothing')}
      searchProps={{
        leftSection: icon(IconSearch),
        placeholder: t('palette.placeholder'),
        'aria-label': t('palette.label'),
      }}
      actions={[
        {
          group: t('palette.pages'),
          actions: pages.map(({ name, path, icon: Icon }) => ({
            id: name,
            label: t(`nav.${name}`),
            leftSection: icon(Icon),
            onClick: () => navigate(path),
          })),
        },
        { group: t('palette.actions'), actions },
      ]}
    />
  )
}
