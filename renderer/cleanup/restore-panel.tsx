import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconArrowLeft, IconEye, IconFileCheck, IconPlayerPlay } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { isRunning, useJob } from '#renderer/jobs/data.ts'
import { useFormat } from '#renderer/words.ts'
import type { BackupFile } from '#shared/cleanup-backup.ts'
import { type TrialKind, useTrial } from './data-restore.ts'
import { changeDraft, useDraft } from './draft.ts'
import { Failed } from './failed.tsx'
import { Part } from './part.tsx'
import { RestoreConfirm } from './restore-confirm.tsx'
import { RestoreJob } from './restore-job.tsx'
import { UnlockFields, unlockOf } from './unlock-fields.tsx'
import { useClinicInstant } from './use-clinic-instant.ts'
import { WhoFields } from './who-fields.tsx'

interface RestorePanelProps {
  readonly file: BackupFile
  readonly onBack: () => void
}

const trials = [
  { kind: 'cleanup.verifyBackup', name: 'verify', Icon: IconFileCheck },
  { kind: 'cleanup.restorePlan', name: 'plan', Icon: IconEye },
  { kind: 'cleanup.testRestore', name: 'test', Icon: IconPlayerPlay },
] as const satisfies readonly { kind: TrialKind; name: string; Icon: unknown }[]

/** One backup: checking it, seeing what would come back, rehearsing it, and putting it back. */
export function RestorePanel({ file, onBack }: RestorePanelProps) {
  const { t } = useTranslation('cleanup')
  const { bytes } = useFormat()
  const instant = useClinicInstant()
  const { restore } = useDraft()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  const job = useJob(restore)
  const started = ({ id }: { id: string }) => changeDraft({ restore: id })
  const trial = useTrial(started)
  // What was typed lives as long as this panel.
  const form = useForm({ initialValues: { secret: '', who: 'profile', user: '', password: '' } })
  const { secret, who, user, password } = form.values
  const unlock = unlockOf(file.protection, secret)
  const owner = who === 'owner' ? { user: user.trim(), password } : null
  const named = owner === null || (owner.user !== '' && owner.password !== '')
  const running = job !== null && isRunning(job)
  return (
    <Stack gap="sm" data-part="restore">
      <div>
        <Button
          variant="subtle"
          size="compact-sm"
          color="gray"
          c="var(--mantine-color-text)"
          leftSection={<IconArrowLeft size={16} aria-hidden />}
          onClick={onBack}
        >
          {t('restore.back')}
        </Button>
      </div>
      <div>
        <Title order={2} size="h4" ref={heading} tabIndex={-1}>
          {file.name}
        </Title>
        <Text size="sm" c="dimmed">
          {t('restore.about', { when: instant(file.createdAt), size: bytes(file.bytes), folder: file.folder.path })}
        </Text>
      </div>
      {running ? null : (
        <Part title={t('restore.open')} note={t('restore.openNote')}>
          <Stack gap="sm" component="form" onSubmit={(event: React.FormEvent) => event.preventDefault()}>
            <UnlockFields protection={file.protection} secret={form.getInputProps('secret')} />
            <Text size="sm" fw={600}>
              {t('rehearsal.who')}
            </Text>
            <WhoFields
              owner={who === 'owner'}
              who={form.getInputProps('who')}
              user={form.getInputProps('user')}
              password={form.getInputProps('password')}
            />
            <Group gap="xs">
              {trials.map(({ kind, name, Icon }) => (
                <Button
                  key={kind}
                  type="button"
                  variant={name === 'plan' ? 'filled' : 'default'}
                  leftSection={<Icon size={16} aria-hidden />}
                  disabled={!unlock || !named || trial.isPending}
                  onClick={() => unlock && trial.mutate({ kind, backup: file.id, unlock, owner })}
                  data-trial={name}
                >
                  {t(`restore.${name}`)}
                </Button>
              ))}
            </Group>
            <Text size="sm" c="dimmed">
              {t('restore.trialsNote')}
            </Text>
          </Stack>
        </Part>
      )}
      {trial.error ? <Failed error={trial.error} /> : null}
      <RestoreJob job={job} />
      {running || !unlock || !named ? null : (
        <RestoreConfirm file={file} unlock={unlock} owner={owner} onStarted={started} />
      )}
    </Stack>
  )
}
