import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, StrictMode, useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { Router } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'
import { call, subscribe } from '#renderer/api.ts'
import { App } from './app.tsx'
import { takeConnection } from './connection/data.ts'
import { pageNonce } from './nonce.ts'
import { queryClient } from './query.ts'
import { takeSession } from './session/data.ts'
import { settingsKeys, useSettings } from './settings/data.ts'
import { cssVariables, theme } from './theme.ts'
import { speak, startWords } from './words.ts'

function Looks({ children }: { readonly children: ReactNode }) {
  const { appearance, language } = useSettings()
  useEffect(() => speak(language), [language])
  const forced = appearance === 'system' ? {} : { forceColorScheme: appearance }
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={pageNonce}
      {...forced}
    >
      {children}
    </MantineProvider>
  )
}

/** Settings come before the first paint, so that neither language nor colours change under the eyes. */
async function start(root: HTMLElement): Promise<void> {
  const settings = await call('settings.read').catch(() => null)
  if (settings) queryClient.setQueryData(settingsKeys.read, settings)
  const language = settings?.language ?? 'es'
  const words = startWords(language)
  speak(language)

  subscribe('settings.changed', (changed) => queryClient.setQueryData(settingsKeys.read, changed))
  subscribe('connection.changed', takeConnection)
  subscribe('session.changed', takeSession)

  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <I18nextProvider i18n={words}>
          <Looks>
            <Notifications position="bottom-right" notificationMaxHeight={360} />
            <Router hook={useHashLocation}>
              <App />
            </Router>
          </Looks>
        </I18nextProvider>
      </QueryClientProvider>
    </StrictMode>,
  )
}

const root = document.getElementById('root')
if (root) void start(root)
