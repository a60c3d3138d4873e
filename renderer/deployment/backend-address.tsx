import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { type BackendSettings, isBackendUrl } from '#shared/deployment.ts'
import classes from './backend-part.module.css'
import { useSaveBackend } from './data.ts'

const serviceName = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,99}$/

/** Where the backend answers, and the name of its service where docker compose runs it. */
export function BackendAddress({ backend: { url, log } }: { readonly backend: BackendSettings }) {
  const { t } = useTranslation('deployment')
  const save = useSaveBackend()
  const form = useForm({
    initialValues: { url: url ?? '', service: log.kind === 'compose' ? log.service : '' },
    validate: {
      url: (value) => (value.trim() === '' || isBackendUrl(value.trim()) ? null : t('backend.urlWrong')),
      service: (value) => (log.kind !== 'compose' || serviceName.test(value) ? null : t('backend.serviceWrong')),
    },
  })
  const submit = form.onSubmit((values) =>
    save.mutate(
      {
        url: values.url.trim() === '' ? null : values.url.trim(),
        service: log.kind === 'compose' ? values.service : null,
      },
      { onSuccess: () => form.resetDirty() },
    ),
  )
  return (
    <form onSubmit={submit} noValidate>
      <div className={classes.fields}>
        <TextInput
          label={t('backend.url')}
          description={t('backend.urlHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={300}
          spellCheck={false}
          {...form.getInputProps('url')}
        />
        {log.kind === 'compose' ? (
          <TextInput label={t('backend.service')} spellCheck={false} {...form.getInputProps('service')} />
        ) : null}
        <Button type="submit" variant="default" loading={save.isPending} disabled={!form.isDirty()}>
          {t('backend.save')}
        </Button>
      </div>
      {save.error ? <ErrorNotice error={save.error} /> : null}
    </form>
  )
}
