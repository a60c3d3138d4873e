import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { useLogSourceName } from '#renderer/ui/log-source-name.ts'
import type { BackendPlace, DeploymentState } from '#shared/deployment.ts'
import { BackendAddress } from './backend-address.tsx'
import { BackendCredentials } from './backend-credentials.tsx'
import classes from './backend-part.module.css'
import { useBackendLog, useBackendPlace } from './data.ts'
import { EnvEditor } from './env-editor.tsx'

/** What this workstation knows of the clinic's backend. Its folders are chosen in the system's dialog, never typed. */
export function BackendPart({ state }: { readonly state: DeploymentState }) {
  const { t } = useTranslation('deployment')
  const place = useBackendPlace()
  const log = useBackendLog()
  const nameOf = useLogSourceName()
  const { folder, venv } = state.backend
  const choose = (which: BackendPlace, forget = false) => place.mutate({ place: which, forget })
  return (
    <Paper component="section" className={classes.part} aria-labelledby="backend-part">
      <details>
        <summary className={classes.summary}>
          <Title order={2} size="h6" id="backend-part" component="span" role="heading" aria-level={2}>
            {t('backend.title')}
          </Title>
          <Text size="sm" c="dimmed" span truncate>
            {folder ?? state.backend.url ?? t('backend.none')}
          </Text>
        </summary>
        <Stack gap="md" className={classes.inside}>
          <Text size="sm" c="dimmed">
            {t('backend.note')}
          </Text>
          {place.error ? <ErrorNotice error={place.error} /> : null}
          {log.error ? <ErrorNotice error={log.error} /> : null}
          <Place
            label={t('backend.folder')}
            path={folder}
            choices={[['folder', t('backend.choose')]]}
            onChoose={choose}
            onForget={() => choose('folder', true)}
          >
            <EnvEditor />
          </Place>
          <Place
            label={t('backend.venv')}
            path={venv}
            empty={folder === null ? undefined : t('backend.venvInside')}
            choices={[['venv', t('backend.choose')]]}
            onChoose={choose}
            onForget={() => choose('venv', true)}
          />
          <Place
            label={t('backend.log')}
            path={state.log && nameOf(state.log)}
            note={t('backend.logShared')}
            choices={[['logFile', t('backend.chooseLogFile')]]}
            onChoose={() => log.mutate(false)}
            onForget={() => log.mutate(true)}
          />
          <BackendAddress key={state.backend.url} backend={state.backend} />
          <BackendCredentials user={state.backendUser} />
        </Stack>
      </details>
    </Paper>
  )
}

interface PlaceProps<Name extends string> {
  readonly label: string
  readonly path: string | null
  readonly empty?: string | undefined
  readonly note?: string
  readonly choices: readonly (readonly [Name, string])[]
  readonly onChoose: (place: Name) => void
  readonly onForget: () => void
  /** What else can be done where a place is known. */
  readonly children?: ReactNode
}

function Place<Name extends string>({
  label,
  path,
  empty,
  note,
  choices,
  onChoose,
  onForget,
  children,
}: PlaceProps<Name>) {
  const { t } = useTranslation('deployment')
  return (
    <div className={classes.place}>
      <div className={classes.where}>
        <Text size="sm" fw={550}>
          {label}
        </Text>
        <Text size="sm" {...(path === null ? { c: 'dimmed' } : {})} className={classes.path}>
          {path ?? empty ?? t('backend.none')}
        </Text>
        {note === undefined ? null : (
          <Text size="xs" c="dimmed">
            {note}
          </Text>
        )}
      </div>
      <Group gap="xs">
        {path === null ? null : children}
        {choices.map(([place, word]) => (
          <Button
            key={place}
            size="compact-sm"
            variant="default"
            aria-label={choices.length > 1 ? word : t('backend.chooseWhat', { what: label })}
            data-place={place}
            onClick={() => onChoose(place)}
          >
            {word}
          </Button>
        ))}
        {path === null ? null : (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            aria-label={t('backend.forgetWhat', { what: label })}
            onClick={onForget}
          >
            {t('backend.forget')}
          </Button>
        )}
      </Group>
    </div>
  )
}
