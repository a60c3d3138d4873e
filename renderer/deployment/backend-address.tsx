import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { type BackendSettings, isBackendUrl } from '#shared/deployment.ts'
import classes from './backend-part.module.css'
import { useSaveBackend } from './data.ts'

/** Where the backend answers. */
export function BackendAddress({ backend: { url } }: { readonly backend: BackendSettings }) {
  const { t } = useTranslation('deployment')
  const save = useSaveBackend()
  const form = useForm({
    initialValues: { url: url ?? '' },
    validate: {
      url: (value) => (value.trim() === '' || isBackendUrl(value.trim()) ? null : t('backend.urlWrong')),
    },
  })
  const submit = form.onSubmit((values) =>
    save.mutate({ url: values.url.trim() === '' ? null : values.url.trim() }, { onSuccess: () => form.resetDirty() }),
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
        <Button type="submit" variant="default" loading={save.isPending} disabled={!form.isDirty()}>
          {t('backend.save')}
        </Button>
      </div>
      {save.error ? <ErrorNotice error={save.error} /> : null}
    </form>
  )
}
