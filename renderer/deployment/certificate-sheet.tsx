import { Paper, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Certificate, guideSteps, type IssuedCertificate } from '#shared/deployment.ts'
import { createFormat } from '#shared/format.ts'
import { CertificateCheck } from './certificate-check.tsx'
import classes from './certificate-sheet.module.css'
import { GuideLine } from './guide-line.tsx'
import { StatusSign } from './status-sign.tsx'
import { useCheckWords } from './words.ts'

const { day, clock } = createFormat('es')

/** The certificate as a document, in Spanish. */
export function CertificateSheet({ issued: { certificate, code } }: { readonly issued: IssuedCertificate }) {
  const { i18n } = useTranslation()
  const t = i18n.getFixedT('es', 'deployment')
  const common = i18n.getFixedT('es', 'common')
  const facts = [
    [t('certificate.clinic'), certificate.clinic],
    [t('certificate.database'), `${certificate.database} · ${common(`environment.${certificate.environment}`)}`],
    [
      t('certificate.issued'),
      `${t('check.on', { day: day(certificate.issuedAt.slice(0, 10)), time: clock(certificate.issuedAt) })} (${certificate.zone})`,
    ],
    [t('certificate.issuedBy'), certificate.issuedBy],
    [t('certificate.program'), `PodoSkin Admin ${certificate.app}`],
    [t('certificate.code'), code],
  ]
  return (
    <Paper component="article" className={classes.sheet} lang="es-MX" aria-label={t('certificate.title')}>
      <Title order={2} size="h3">
        {t('certificate.title')}
      </Title>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="numbers">{value}</dd>
          </div>
        ))}
      </dl>
      <Text size="xs" c="dimmed">
        {t('certificate.codeNote')}
      </Text>

      <Title order={3} size="h5" className={classes.heading}>
        {`${t('certificate.items')}: ${t('score.verified', { verified: certificate.verified, total: certificate.items.length })}`}
      </Title>
      <ul className={classes.items}>
        {certificate.items.map(({ item, verified }) => (
          <li key={item}>
            <StatusSign status={verified ? 'passed' : 'pending'} word={t(`item.${item}`)} />
            <span className={classes.mark}>{verified ? t('score.yes') : t('score.no')}</span>
          </li>
        ))}
      </ul>
      {certificate.ready ? null : <Missing certificate={certificate} />}

      <Title order={3} size="h5" className={classes.heading}>
        {t('certificate.checks')}
      </Title>
      {guideSteps.map((step) => (
        <section key={step} className={classes.step}>
          <Title order={4} size="h6">
            {`${t('step.number', { step })} · ${t(`step.${step}`)}`}
          </Title>
          {certificate.checks
            .filter((check) => check.step === step)
            .map((check) => (
              <CertificateCheck key={check.id} check={check} />
            ))}
        </section>
      ))}
      {certificate.lastLine === null ? null : (
        <Text className={classes.last} data-part="last-line">
          <GuideLine text={certificate.lastLine} />
        </Text>
      )}
    </Paper>
  )
}

/** What stands in the way, plainly. */
function Missing({ certificate }: { readonly certificate: Certificate }) {
  const { i18n } = useTranslation()
  const t = i18n.getFixedT('es', 'deployment')
  const words = useCheckWords('es')
  const missing = certificate.checks.filter(({ id }) => certificate.missing.includes(id))
  const empty = certificate.items.filter(
    ({ item, verified }) =>
      !verified && !certificate.checks.some((check) => check.item === item && check.severity === 'required'),
  )
  const lines = [
    ...missing.map(({ id, status }) =>
      t('certificate.missing', { check: words.title(id), status: t(`status.${status}`).toLowerCase() }),
    ),
    ...empty.map(({ item }) => t('certificate.noChecks', { item: t(`item.${item}`) })),
  ]
  return (
    <section className={classes.missing} data-part="missing">
      <Text fw={650}>{t('certificate.notReady')}</Text>
      <ul>
        {lines.length === 0 ? <li>{t('certificate.unknownBasis')}</li> : null}
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  )
}
