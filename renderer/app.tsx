import { Center, Loader } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOpenedBackup } from '#renderer/cleanup/opened-backup.tsx'
import { ConnectionScreen } from '#renderer/connection/connection-screen.tsx'
import { useConnection } from '#renderer/connection/data.ts'
import { DiagnosisScreen } from '#renderer/diagnosis/lazy.tsx'
import { Frame } from '#renderer/frame/frame.tsx'
import { useSession } from '#renderer/session/data.ts'
import { LockScreen } from '#renderer/session/lock-screen.tsx'
import { LoginScreen } from '#renderer/session/login-screen.tsx'
import { useTroubleNotice } from '#renderer/shell/trouble-notice.tsx'
import { EntryLayout } from '#renderer/ui/entry-layout.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'

/** Decides which of the four screens is due: connection, login, lock, or the app itself. */
export function App() {
  const { t } = useTranslation()
  const session = useSession()
  const connection = useConnection()
  useTroubleNotice()
  useOpenedBackup(session.data ?? null)
  const [choosing, setChoosing] = useState(false)
  const [diagnosing, setDiagnosing] = useState(false)

  const failed = session.error ?? connection.error
  if (failed) {
    const retry = () => {
      void session.refetch()
      void connection.refetch()
    }
    return (
      <EntryLayout>
        <ErrorNotice error={failed} onRetry={retry} retrying={session.isFetching || connection.isFetching} />
      </EntryLayout>
    )
  }
  if (!session.data || !connection.data) return <Waiting label={t('unit.loading')} />
  if (session.data.status === 'in') return <Frame user={session.data.user} />
  if (session.data.status === 'locked') return <LockScreen session={session.data} />

  if (diagnosing) {
    const connections = () => {
      setDiagnosing(false)
      setChoosing(true)
    }
    return <DiagnosisScreen onBack={() => setDiagnosing(false)} onConnections={connections} />
  }
  const open = connection.data.status === 'open' || connection.data.status === 'lost'
  if (connection.data.status === 'opening' && !choosing) return <Waiting label={t('link.opening')} />
  if (!open || choosing)
    return <ConnectionScreen onDone={open ? () => setChoosing(false) : null} onDiagnosis={() => setDiagnosing(true)} />
  return <LoginScreen onConnections={() => setChoosing(true)} onDiagnosis={() => setDiagnosing(true)} />
}

function Waiting({ label }: { readonly label: string }) {
  return (
    <Center mih="100vh" role="status">
      <Loader aria-label={label} />
    </Center>
  )
}
