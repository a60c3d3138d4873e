import { Button, Code, Group, Modal, Paper, Stack, Tabs, Text, Title } from '@mantine/core'
import { IconPackageExport } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { call } from '#renderer/api.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { useSave } from '#renderer/ui/use-save.ts'
import { useFormat } from '#renderer/words.ts'
import type { BundlePreview } from '#shared/diagnosis.ts'
import { usePrepareBundle } from './data.ts'
import classes from './diagnosis.module.css'

/** What support needs, shown to the letter before it is saved. */
export function BundleSection() {
  const { t } = useTranslation('diagnosis')
  const { t: common } = useTranslation()
  const prepare = usePrepareBundle()
  return (
    <Paper p="md" component="section" aria-label={t('bundle.title')}>
      <Stack gap="xs">
        <Title order={2} size="h5">
          {t('bundle.title')}
        </Title>
        <Text size="sm">{t('bundle.intro')}</Text>
        {prepare.error ? <ErrorNotice error={prepare.error} onRetry={() => prepare.mutate()} /> : null}
        <div>
          <Button
            variant="default"
            leftSection={<IconPackageExport size={17} aria-hidden />}
            loading={prepare.isPending}
            onClick={() => prepare.mutate()}
          >
            {t('bundle.prepare')}
          </Button>
        </div>
      </Stack>
      <Modal
        opened={prepare.data !== undefined}
        onClose={prepare.reset}
        title={t('bundle.review')}
        closeButtonProps={{ 'aria-label': common('action.close') }}
        size="xl"
        centered
      >
        {prepare.data ? <Review preview={prepare.data} onClose={prepare.reset} /> : null}
      </Modal>
    </Paper>
  )
}

function Review({ preview, onClose }: { readonly preview: BundlePreview; readonly onClose: () => void }) {
  const { t, i18n } = useTranslation('diagnosis')
  const { t: common } = useTranslation()
  const { integer } = useFormat()
  const { file, busy } = useSave()
  const about = (name: string) => {
    const key = `diagnosis:bundle.about.${name.replace(/\.\w+$/, '')}`
    return i18n.exists(key) ? i18n.t(key as 'diagnosis:bundle.about.versions') : name
  }
  return (
    <Stack gap="sm">
      <Text size="sm">{t('bundle.reviewIntro')}</Text>
      <Tabs defaultValue={preview.files[0]?.name ?? ''} orientation="vertical" className={classes.files}>
        <Tabs.List aria-label={t('bundle.files')}>
          {preview.files.map(({ name, text }) => (
            <Tabs.Tab key={name} value={name}>
              <Text size="sm">{about(name)}</Text>
              <Text size="xs" c="dimmed" className="numbers">
                {t('bundle.bytes', { count: text.length, size: integer(text.length) })}
              </Text>
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {preview.files.map(({ name, text }) => (
          <Tabs.Panel key={name} value={name} pl="sm" className={classes.panel}>
            <Code
              block
              className={classes.content}
              tabIndex={0}
              role="region"
              aria-label={t('bundle.content', { name })}
            >
              {text === '' ? t('bundle.empty') : text}
            </Code>
          </Tabs.Panel>
        ))}
      </Tabs>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {common('action.cancel')}
        </Button>
        <Button loading={busy} onClick={() => file(() => call('diagnosis.saveBundle', { id: preview.id }))}>
          {t('bundle.save')}
        </Button>
      </Group>
    </Stack>
  )
}
