import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CertifiedCheck } from '#shared/deployment.ts'
import classes from './certificate-sheet.module.css'
import { StatusSign } from './status-sign.tsx'
import { useCheckWords } from './words.ts'

/** One check of the certificate: how it stands, what was measured and when, who decided otherwise and why. */
export function CertificateCheck({ check }: { readonly check: CertifiedCheck }) {
  const { i18n } = useTranslation()
  const t = i18n.getFixedT('es', 'deployment')
  const words = useCheckWords('es')
  const { id, status, evidence, at, decision } = check
  const measured = evidence.map((one) => `${words.name(one)}: ${words.value(one)}`).join(' · ')
  return (
    <div className={classes.check}>
      <StatusSign status={status} word={t(`status.${status}`)} />
      <div>
        <Text size="sm" fw={550}>
          {words.title(id)}
        </Text>
        {measured === '' ? null : (
          <Text size="xs" className="numbers">
            {measured}
          </Text>
        )}
        {at === null ? null : (
          <Text size="xs" c="dimmed" className="numbers">
            {t('certificate.when', { when: words.moment(at) })}
          </Text>
        )}
        {decision === null ? null : (
          <Text size="xs">
            {`${t(`decision.${decision.kind}`, { by: decision.by, day: words.day(decision.at) })}. ${t('decision.reason', { reason: decision.reason })}`}
          </Text>
        )}
      </div>
    </div>
  )
}
