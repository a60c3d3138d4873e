import { Alert, Text, TextInput, Title, UnstyledButton } from '@mantine/core'
import {
  IconCertificate,
  IconClockHour4,
  IconCloudOff,
  IconDatabaseOff,
  IconHandStop,
  IconHourglass,
  IconKey,
  IconLayersSubtract,
  IconListCheck,
  IconLock,
  IconLogin2,
  IconNumber0,
  IconPackage,
  IconPlugConnectedX,
  IconSearch,
} from '@tabler/icons-react'
import { type Ref, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Symptom, symptoms } from '#shared/diagnosis.ts'
import classes from './diagnosis.module.css'
import { findSymptoms } from './find-symptoms.ts'

const icons: Readonly<Record<Symptom, typeof IconSearch>> = {
  cannotLogIn: IconLogin2,
  refused: IconPlugConnectedX,
  noAnswer: IconHourglass,
  password: IconKey,
  certificate: IconCertificate,
  databaseMissing: IconDatabaseOff,
  privileges: IconLock,
  poolExhausted: IconLayersSubtract,
  library: IconPackage,
  slow: IconClockHour4,
  stuck: IconHandStop,
  zeros: IconNumber0,
  backendDown: IconCloudOff,
  everything: IconListCheck,
}

interface SymptomListProps {
  readonly onChoose: (symptom: Symptom) => void
  readonly searchRef?: Ref<HTMLInputElement>
}

/** What is happening? In the words of who sees it, to choose from or to search. */
export function SymptomList({ onChoose, searchRef }: SymptomListProps) {
  const { t } = useTranslation('diagnosis')
  const [typed, setTyped] = useState('')
  const texts = symptoms.map((symptom) => ({
    symptom,
    text: (['title', 'say', 'words'] as const).map((part) => t(`symptom.${symptom}.${part}`)).join(' '),
  }))
  const found = findSymptoms(texts, typed)
  const shown = found.length > 0 ? found : (['everything'] as const)
  return (
    <section aria-labelledby="symptoms" className={classes.chooser}>
      <Title order={2} size="h4" id="symptoms">
        {t('ask')}
      </Title>
      <TextInput
        aria-label={t('search')}
        placeholder={t('search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        maw={560}
        {...(searchRef ? { ref: searchRef } : {})}
      />
      {found.length === 0 ? (
        <Alert color="gray" role="status">
          {t('noMatch')}
        </Alert>
      ) : null}
      <ul className={classes.symptoms}>
        {shown.map((symptom) => {
          const Icon = icons[symptom]
          return (
            <li key={symptom}>
              <UnstyledButton className={classes.symptom} data-symptom={symptom} onClick={() => onChoose(symptom)}>
                <Icon size={22} stroke={1.6} className={classes.icon} aria-hidden />
                <span>
                  <Text span fw={600} display="block">
                    {t(`symptom.${symptom}.title`)}
                  </Text>
                  <Text span size="sm" c="dimmed" display="block">
                    {t(`symptom.${symptom}.say`)}
                  </Text>
                </span>
              </UnstyledButton>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
