import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { spotlight } from '@mantine/spotlight'
import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { subscribe } from '#renderer/api.ts'
import { queryClient } from '#renderer/query.ts'
import { useLock, useLogout } from '#renderer/session/data.ts'
import { usePlainKeys } from '#renderer/ui/use-plain-keys.ts'
import type { Command } from '#shared/shell.ts'
import type { Page } from './pages.ts'

/** Asks again for everything that is on the screen now. */
export function refreshAll(): void {
  void queryClient.refetchQueries({ type: 'active' })
}

/** The keys of the frame and the same commands when they come from the native menu. */
export function useCommands(pages: readonly Page[]) {
  const [, navigate] = useLocation()
  const [opened, { open, close }] = useDisclosure(false)
  const { mutate: lock } = useLock()
  const { mutate: logout } = useLogout()
  const go = (page: Page | undefined) => {
    if (page) navigate(page.path)
  }

  useHotkeys(
    [
      ...pages.map((page, index): [string, () => void] => [`mod+${index + 1}`, () => go(page)]),
      ['F5', refreshAll],
      ['mod+K', spotlight.open],
      ['mod+L', () => lock()],
    ],
    [],
  )
  usePlainKeys([
    ['shift+?', open],
    ['?', open],
  ])

  useEffect(
    () =>
      subscribe('shell.command', (command) => {
        const commands: Record<Command, () => void> = {
          refresh: refreshAll,
          lock: () => lock(),
          logout: () => logout(),
          palette: spotlight.open,
          keys: open,
          about: () => navigate('/settings'),
          'go.dashboard': () => navigate('/'),
          'go.deployment': () => navigate('/deployment'),
          'go.cleanup': () => navigate('/cleanup'),
          'go.monitoring': () => navigate('/monitoring'),
          'go.diagnosis': () => navigate('/diagnosis'),
          'go.settings': () => navigate('/settings'),
          'go.users': () => navigate('/users'),
        }
        commands[command]()
      }),
    [lock, logout, navigate, open],
  )

  return { lock: () => lock(), keys: { opened, open, close } }
}
