import { Button, Group, Modal, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { type LogCommand, logCommandSchema } from '#shared/monitoring-log.ts'
import { useFollowCommand } from './log-data.ts'

interface LogCommandDialogProps {
  readonly opened: boolean
  readonly onClose: () => void
}

const kinds = ['compose', 'docker', 'journal'] as const
type Kind = (typeof kinds)[number]

/** The names of what runs the backend, each in a field of its own. */
export function LogCommandDialog({ opened, onClose }: LogCommandDialogProps) {
  const { t } = useTranslation('log')
  const { t: common } = useTranslation()
  const follow = useFollowCommand()
  const [kind, setKind] = useState<Kind>('compose')
  const [name, setName] = useState('backend')
  const [project, setProject] = useState('')
  const [tried, setTried] = useState(false)
  const typed: LogCommand = {
    compose: { kind: 'compose' as const, service: name.trim(), project: project.trim() === '' ? null : project.trim() },
    docker: { kind: 'docker' as const, container: name.trim() },
    journal: { kind: 'journal' as const, unit: name.trim() },
  }[kind]
  const parsed = logCommandSchema.safeParse(typed)
  const wrong = (field: string) =>
    tried && parsed.error?.issues.some(({ path }) => path[0] === field) ? t('command.invalid') : null
  const field = { compose: 'service', docker: 'container', journal: 'unit' } as const
  const submit = () => {
    setTried(true)
    if (parsed.success) follow.mutate(parsed.data, { onSuccess: onClose })
  }
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('command.title')}
      closeButtonProps={{ 'aria-label': common('action.close') }}
      centered
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <Stack gap="sm">
          <SegmentedControl
            fullWidth
            aria-label={t('command.kind')}
            value={kind}
            onChange={(value) => setKind(kinds.find((each) => each === value) ?? 'compose')}
            data={kinds.map((value) => ({ value, label: t(`command.${value}`) }))}
          />
          <TextInput
            data-autofocus
            label={t(`command.${field[kind]}`)}
            description={t(`command.${field[kind]}Hint`)}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={wrong(field[kind])}
            spellCheck={false}
            maxLength={200}
          />
          {kind === 'compose' ? (
            <TextInput
              label={t('command.project')}
              description={t('command.projectHint')}
              value={project}
              onChange={(event) => setProject(event.currentTarget.value)}
              error={wrong('project')}
              spellCheck={false}
              maxLength={63}
            />
          ) : null}
          {follow.error ? <ErrorNotice error={follow.error} /> : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {common('action.cancel')}
            </Button>
            <Button type="submit" loading={follow.isPending}>
              {t('command.open')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
