import { Button, Loader, Text, TextInput } from '@mantine/core'
import { IconHeart, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { FoundPatient } from '#shared/cleanup.ts'
import { searchable, usePatientSearch } from './data.ts'
import { changeDraft, decide, useDraft } from './draft.ts'
import { Part } from './part.tsx'
import { PatientTable } from './patient-table.tsx'
import classes from './patients-part.module.css'

/** Real patients among the tests: searched for, and kept with everything of theirs. */
export function PatientsPart() {
  const { t } = useTranslation('cleanup')
  const { patients, decisions } = useDraft()
  const [text, setText] = useState('')
  const search = usePatientSearch(text)
  const kept = new Set(decisions.keepPatients)
  const keep = (patient: FoundPatient) => {
    decide(({ keepPatients }) => ({ keepPatients: [...new Set([...keepPatients, patient.id])] }))
    if (!kept.has(patient.id)) changeDraft({ patients: [...patients, patient] })
  }
  const remove = ({ id }: FoundPatient) => {
    decide(({ keepPatients }) => ({ keepPatients: keepPatients.filter((each) => each !== id) }))
    changeDraft({ patients: patients.filter((each) => each.id !== id) })
  }
  if (!decisions.scopes.clinical) {
    return <Part title={t('patients.title')} note={t('patients.off')} icon={<IconHeart size={18} aria-hidden />} />
  }
  const found = search.data ?? []
  return (
    <Part title={t('patients.title')} note={t('patients.body')} icon={<IconHeart size={18} aria-hidden />}>
      <TextInput
        label={t('patients.search')}
        maw={420}
        autoComplete="off"
        spellCheck={false}
        maxLength={80}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={search.isFetching ? <Loader size={16} aria-hidden /> : null}
      />
      <div role="status" className={classes.voice}>
        {text.trim() !== '' && !searchable(text) ? <Text size="sm">{t('patients.short')}</Text> : null}
        {searchable(text) && search.data && found.length === 0 && !search.isFetching ? (
          <Text size="sm">{t('patients.none')}</Text>
        ) : null}
      </div>
      {search.error ? <ErrorNotice error={search.error} onRetry={() => void search.refetch()} /> : null}
      {searchable(text) && found.length > 0 ? (
        <PatientTable
          caption={t('patients.found')}
          patients={found}
          action={(patient) =>
            kept.has(patient.id) ? (
              <Text size="sm" c="dimmed">
                {t('patients.added')}
              </Text>
            ) : (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('patients.addName', { name: patient.name, id: patient.id })}
                onClick={() => keep(patient)}
              >
                {t('patients.add')}
              </Button>
            )
          }
        />
      ) : null}
      <div>
        <Text size="sm" fw={600}>
          {t('patients.keeping')}
        </Text>
        {patients.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('patients.keepingNone')}
          </Text>
        ) : (
          <PatientTable
            caption={t('patients.keeping')}
            patients={patients}
            action={(patient) => (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('patients.removeName', { name: patient.name, id: patient.id })}
                onClick={() => remove(patient)}
              >
                {t('patients.remove')}
              </Button>
            )}
          />
        )}
      </div>
    </Part>
  )
}
