import { Button, Group, Skeleton, Stack } from '@mantine/core'
import { IconArrowLeft, IconBraces, IconFileTypePdf } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { call } from '#renderer/api.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { PageHeader } from '#renderer/ui/page-header.tsx'
import { useSave } from '#renderer/ui/use-save.ts'
import { CertificateSheet } from './certificate-sheet.tsx'
import { useCertificate } from './data.ts'

/** A sheet of paper in portrait at full size. */
const sheetWidth = 780

/** The certificate as it will be printed, and the two files that it is saved as. */
export function CertificateView({ onBack }: { readonly onBack: () => void }) {
  const { t, i18n } = useTranslation('deployment')
  const { pdf, file, busy } = useSave()
  const certificate = useCertificate()
  const issued = certificate.data
  // The document is Spanish whatever the language of the screen: so is the clinic's guide.
  const title = i18n.getFixedT('es', 'deployment')('certificate.title')
  const print = () => {
    if (!issued) return
    const { issuedAt } = issued.certificate
    pdf({ title, range: issued.code, takenAt: issuedAt, orientation: 'portrait', width: sheetWidth }, async () => {})
  }
  return (
    <Stack gap="sm">
      <div data-print="no">
        <PageHeader title={t('certificate.title')}>
          <Button variant="default" leftSection={<IconArrowLeft size={17} aria-hidden />} onClick={onBack}>
            {t('certificate.back')}
          </Button>
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<IconBraces size={17} aria-hidden />}
              disabled={!issued || busy}
              onClick={() => issued && file(() => call('deployment.saveCertificate', { code: issued.code }))}
            >
              {t('certificate.saveJson')}
            </Button>
            <Button
              leftSection={<IconFileTypePdf size={17} aria-hidden />}
              disabled={!issued}
              loading={busy}
              onClick={print}
            >
              {t('certificate.save')}
            </Button>
          </Group>
        </PageHeader>
      </div>
      {certificate.error ? (
        <ErrorNotice
          error={certificate.error}
          onRetry={() => void certificate.refetch()}
          retrying={certificate.isFetching}
        />
      ) : null}
      {issued ? <CertificateSheet issued={issued} /> : certificate.error ? null : <Skeleton height={600} />}
    </Stack>
  )
}
