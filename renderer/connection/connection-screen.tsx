import { Box } from '@mantine/core'
import { useState } from 'react'
import { DiagnosisLink } from '#renderer/diagnosis/diagnosis-link.tsx'
import { usePolicy } from '#renderer/policy/data.ts'
import { PolicyProblem } from '#renderer/policy/policy-problem.tsx'
import { EntryLayout } from '#renderer/ui/entry-layout.tsx'
import type { ConnectionState } from '#shared/connection.ts'
import { ConnectionForm } from './connection-form.tsx'
import { ConnectionList } from './connection-list.tsx'
import { useConnection } from './data.ts'
import { Welcome } from './welcome.tsx'

type StoredProfile = ConnectionState['profiles'][number]
type Step = 'list' | { readonly edit: StoredProfile | null }

interface ConnectionScreenProps {
  /** Goes back to the login of the connection that is open; null while none is. */
  readonly onDone: (() => void) | null
  readonly onDiagnosis: () => void
}

/** Where is the clinic's database? The first screen of a new workstation, and the way to another server. */
export function ConnectionScreen({ onDone, onDiagnosis }: ConnectionScreenProps) {
  const state = useConnection().data
  const policy = usePolicy()
  const [step, setStep] = useState<Step>('list')
  if (!state || !policy) return null
  const own = state.profiles.filter((profile) => profile.kind === 'server')

  if (step !== 'list') {
    return (
      <EntryLayout width={720}>
        <ConnectionForm
          profile={step.edit}
          state={state}
          onDone={() => {
            setStep('list')
            onDone?.()
          }}
          onCancel={() => setStep('list')}
          heading={1}
        />
      </EntryLayout>
    )
  }
  if (own.length === 0 && onDone === null && policy.connection === 'free') {
    return (
      <EntryLayout width={520}>
        <Welcome state={state} onNew={() => setStep({ edit: null })} />
      </EntryLayout>
    )
  }
  return (
    <EntryLayout width={620}>
      <PolicyProblem />
      <ConnectionList state={state} onEdit={(edit) => setStep({ edit })} onDone={onDone} heading={1} />
      <Box mt="md">
        <DiagnosisLink onOpen={onDiagnosis} />
      </Box>
    </EntryLayout>
  )
}
