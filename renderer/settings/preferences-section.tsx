import { Input, NumberInput, Paper, SegmentedControl, Select, Stack, Switch } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePolicy } from '#renderer/policy/data.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { type Settings, type SettingsChange, settingsSchema } from '#shared/settings.ts'
import { useSaveSettings, useSettings } from './data.ts'
import classes from './settings.module.css'

const refreshChoices = [0, 15, 30, 60, 300, 900] as const

/** Language, appearance, idle lock and refresh; each is saved as soon as it is chosen. */
export function PreferencesSection() {
  const { t } = useTranslation('settings')
  const { t: common } = useTranslation()
  const settings = useSettings()
  const save = useSaveSettings()
  const policy = usePolicy()
  const mutate = (change: SettingsChange) =>
    save.mutate(change, {
      onSuccess: () =>
        notifications.show({ id: 'saved', message: t('saved'), withCloseButton: false, autoClose: 1500 }),
    })
  const known = refreshChoices.find((seconds) => seconds === settings.refreshSeconds)
  const refreshData = [
    ...refreshChoices.map((seconds) => ({ value: String(seconds), label: t(`refresh.${seconds}`) })),
    ...(known === undefined
      ? [
          {
            value: String(settings.refreshSeconds),
            label: t('refresh.other', { seconds: settings.refreshSeconds }),
          },
        ]
      : []),
  ]
  const order: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error']
  return (
    <Paper component="section" p="md" aria-label={t('section.general')}>
      <Stack gap="md">
        {save.error ? <ErrorNotice error={save.error} /> : null}
        <div className={classes.two}>
          <Input.Wrapper
            label={t('language.label')}
            labelElement="div"
            description={t('language.hint')}
            inputWrapperOrder={order}
          >
            <SegmentedControl
              mb={5}
              fullWidth
              aria-label={t('language.label')}
              disabled={policy?.language != null}
              value={settings.language}
              onChange={(language) => mutate({ language: settingsSchema.shape.language.parse(language) })}
              data={[
                { value: 'es', label: common('language.es') },
                { value: 'en', label: common('language.en') },
              ]}
            />
          </Input.Wrapper>
          <Input.Wrapper
            label={t('appearance.label')}
            labelElement="div"
            description={t('appearance.hint')}
            inputWrapperOrder={order}
          >
            <SegmentedControl
              mb={5}
              fullWidth
              aria-label={t('appearance.label')}
              value={settings.appearance}
              onChange={(appearance) => mutate({ appearance: settingsSchema.shape.appearance.parse(appearance) })}
              data={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: t(`appearance.${value}`) }))}
            />
          </Input.Wrapper>
          <IdleInput idleMinutes={settings.idleMinutes} onSave={(idleMinutes) => mutate({ idleMinutes })} />
          <Select
            label={t('refresh.label')}
            description={t('refresh.hint')}
            inputWrapperOrder={order}
            allowDeselect={false}
            value={String(settings.refreshSeconds)}
            onChange={(seconds) => mutate({ refreshSeconds: Number(seconds) })}
            data={refreshData}
          />
          <Input.Wrapper label={t('notifications.label')} labelElement="div">
            <Switch
              mt={6}
              label={t('notifications.switch')}
              description={t('notifications.hint')}
              checked={settings.notifications}
              onChange={(event) => mutate({ notifications: event.currentTarget.checked })}
            />
          </Input.Wrapper>
        </div>
      </Stack>
    </Paper>
  )
}

interface IdleInputProps {
  readonly idleMinutes: Settings['idleMinutes']
  readonly onSave: (minutes: number) => void
}

/** Saved when the field is left or Enter is pressed: half a number is not a wish. */
function IdleInput({ idleMinutes, onSave }: IdleInputProps) {
  const { t } = useTranslation('settings')
  const { t: common } = useTranslation()
  const [typed, setTyped] = useState<number | string>(idleMinutes)
  useEffect(() => setTyped(idleMinutes), [idleMinutes])
  const parsed = settingsSchema.shape.idleMinutes.safeParse(typed)
  const commit = () => {
    if (parsed.success && parsed.data !== idleMinutes) onSave(parsed.data)
  }
  return (
    <NumberInput
      label={t('idle.label')}
      description={t('idle.hint')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      min={1}
      max={60}
      clampBehavior="none"
      allowDecimal={false}
      allowNegative={false}
      suffix={` ${t('idle.suffix')}`}
      value={typed}
      onChange={setTyped}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit()
      }}
      error={parsed.success ? null : common('validation.between', { min: 1, max: 60 })}
    />
  )
}
