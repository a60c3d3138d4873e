import { Skeleton, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSession } from '#renderer/session/data.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { useCleanupUsers } from './data.ts'
import { useDraft } from './draft.ts'
import { GuidePart } from './guide-part.tsx'
import { keptIds } from './keep-list.ts'
import { ModePart } from './mode-part.tsx'
import { PatientsPart } from './patients-part.tsx'
import { UsersPart } from './users-part.tsx'
import type { StepProps } from './wizard.tsx'

/** Step 3: who of the staff stays, and which patients are real. */
export function StaffStep({ plan, stale }: StepProps) {
  const { t } = useTranslation('cleanup')
  const users = useCleanupUsers()
  const { decisions } = useDraft()
  const session = useSession().data
  const self = session && session.status !== 'out' ? session.user.id : null
  return (
    <>
      <Text size="sm" c="dimmed">
        {t('staffStep.intro')}
      </Text>
      {users.error ? <ErrorNotice error={users.error} onRetry={() => void users.refetch()} /> : null}
      {users.data ? (
        <>
          <GuidePart users={users.data} plan={plan} self={self} />
          <ModePart mode={decisions.scopes.users} />
          <UsersPart
            users={users.data}
            plan={plan}
            stale={stale}
            self={self}
            kept={keptIds(users.data, decisions, self)}
          />
        </>
      ) : users.error ? null : (
        <Skeleton height={260} />
      )}
      <PatientsPart />
    </>
  )
}
