import { Modal, Paper } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConnectionForm } from '#renderer/connection/connection-form.tsx'
import { ConnectionList } from '#renderer/connection/connection-list.tsx'
import { useConnection } from '#renderer/connection/data.ts'
import type { ConnectionState } from '#shared/connection.ts'

/** The connections of this workstation, for administrators. */
export function ConnectionsSection() {
  const { t } = useTranslation('connection')
  const { t: common } = useTranslation()
  const state = useConnection().data
  const [editing, setEditing] = useState<{ readonly profile: ConnectionState['profiles'][number] | null } | null>(null)
  if (!state) return null
  return (
    <Paper component="section" p="md" aria-label={t('list.title')}>
      <ConnectionList state={state} onEdit={(profile) => setEditing({ profile })} onDone={null} heading={2} />
      <Modal
        opened={editing !== null}
        onClose={() => setEditing(null)}
        size={760}
        closeOnClickOutside={false}
        attributes={{
          header: { role: 'none' },
          content: { 'aria-label': editing?.profile ? t('form.editTitle') : t('form.newTitle') },
        }}
        closeButtonProps={{ 'aria-label': common('action.close') }}
      >
        {editing ? (
          <ConnectionForm
            profile={editing.profile}
            state={state}
            onDone={() => setEditing(null)}
            onCancel={() => setEditing(null)}
            heading={2}
          />
        ) : null}
      </Modal>
    </Paper>
  )
}
