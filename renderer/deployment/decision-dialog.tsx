import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { useSession } from '#renderer/session/data.ts'
import { EnvironmentBadge } from '#renderer/ui/environment-badge.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { CheckId, DecisionKind, DeploymentState } from '#shared/deployment.ts'
import { useDecide } from './data.ts'
import { useCheckWords } from './words.ts'

export interface Intention {
  readonly check: CheckId
  readonly kind: DecisionKind
}

interface DecisionDialogProps {
  readonly intention: Intention | null
  readonly environment: DeploymentState['profile']['environment']
  readonly onClose: () => void
}

/** A decision in a person's name, with its reason. */
export function DecisionDialog({ intention, environment, onClose }: DecisionDialogProps) {
  const { t } = useTranslation('deployment')
  const { t: common } = useTranslation()
  const { title } = useCheckWords()
  return (
    <Modal
      opened={intention !== null}
      onClose={onClose}
      title={intention ? t(`dialog.${intention.kind}`, { check: title(intention.check) }) : null}
      closeButtonProps={{ 'aria-label': common('action.close') }}
      size="md"
      centered
    >
      {intention ? <Reason intention={intention} environment={environment} onClose={onClose} /> : null}
    </Modal>
  )
}

interface ReasonProps extends Omit<DecisionDialogProps, 'intention'> {
  readonly intention: Intention
}

function Reason({ intention: { check, kind }, environment, onClose }: ReasonProps) {
  const { t } = useTranslation('deployment')
  const { t: common } = useTranslation()
  const session = useSession().data
  const decide = useDecide()
  const form = useForm({
    initialValues: { reason: '' },
    validate: { reason: (value) => (value.trim().length < 5 ? t('dialog.reasonShort') : null) },
  })
  const submit = form.onSubmit(({ reason }) => decide.mutate({ check, kind, reason }, { onSuccess: onClose }))
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Text size="sm">{t(`dialog.explain.${kind}`)}</Text>
        <Textarea
          label={t(`dialog.reason.${kind}`)}
          withAsterisk
          autosize
          minRows={2}
          maxRows={6}
          maxLength={500}
          data-autofocus
          {...form.getInputProps('reason')}
        />
        {session?.status === 'in' ? (
          <Text size="sm" c="dimmed">
            {t('dialog.as', { name: session.user.fullName })}
          </Text>
        ) : null}
        {decide.error ? <ErrorNotice error={decide.error} /> : null}
        <Group justify="space-between" gap="sm">
          <EnvironmentBadge environment={environment} />
          <Group gap="xs" ml="auto">
            <Button variant="default" onClick={onClose}>
              {common('action.cancel')}
            </Button>
            <Button type="submit" loading={decide.isPending} data-action="confirm">
              {t(`act.${kind}`)}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  )
}
