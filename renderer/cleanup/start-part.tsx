import { Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconAlertTriangle, IconPlayerPlay } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCurrentProfile } from '#renderer/connection/data.ts'
import { EnvironmentBadge } from '#renderer/ui/environment-badge.tsx'
import type { CleanupPlan } from '#shared/cleanup.ts'
import { goToStep } from './draft.ts'
import { missingOf } from './missing.ts'
import { MissingItems } from './missing-items.tsx'
import { Part } from './part.tsx'
import { lastingRefusals, needsOwner, ownerOf } from './refusals.ts'
import classes from './start-part.module.css'
import { WhoFields } from './who-fields.tsx'

interface StartPartProps {
  readonly plan: CleanupPlan
  readonly stale: boolean
  readonly again: boolean
  readonly starting: boolean
  readonly onStart: (owner: { user: string; password: string } | null) => void
}

/** With whose rights to rehearse, and the button; while something is undecided, what it is. */
export function StartPart({ plan, stale, again, starting, onStart }: StartPartProps) {
  const { t } = useTranslation('cleanup')
  const { t: common } = useTranslation()
  const profile = useCurrentProfile()
  const form = useForm({
    initialValues: { who: needsOwner(plan) ? 'owner' : 'profile', user: ownerOf(plan.refusals) ?? '', password: '' },
    validate: {
      user: (value, { who }) => (who === 'owner' && value.trim() === '' ? common('validation.required') : null),
      password: (value, { who }) => (who === 'owner' && value === '' ? common('validation.required') : null),
    },
  })
  const missing = missingOf(plan)
  const blocked = missing.length > 0 || lastingRefusals(plan).length > 0 || !plan.decided
  const submit = form.onSubmit(({ who, user, password }) => {
    if (blocked || stale) return
    onStart(who === 'owner' ? { user: user.trim(), password } : null)
    // The password is in main for this job; the page forgets it.
    form.setFieldValue('password', '')
  })
  return (
    <Part title={t('rehearsal.who')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <WhoFields
            role={plan.role}
            owner={form.values.who === 'owner'}
            who={form.getInputProps('who')}
            user={form.getInputProps('user')}
            password={form.getInputProps('password')}
          />
          {blocked ? <Blocked plan={plan} /> : null}
          <Group justify="space-between" gap="sm">
            {profile ? (
              <Group gap="xs" wrap="nowrap" miw={0}>
                <EnvironmentBadge environment={profile.environment} />
                <Text size="sm" fw={600} truncate>
                  {profile.database}
                </Text>
              </Group>
            ) : null}
            <Button
              type="submit"
              variant={again ? 'default' : 'filled'}
              leftSection={<IconPlayerPlay size={16} aria-hidden />}
              loading={starting}
              disabled={blocked || stale}
              data-action="rehearse"
            >
              {again ? t('rehearsal.again') : t('rehearsal.start')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Part>
  )
}

function Blocked({ plan }: { readonly plan: CleanupPlan }) {
  const { t } = useTranslation('cleanup')
  return (
    <div className={classes.blocked} data-part="blocked">
      <IconAlertTriangle size={18} stroke={1.8} aria-hidden />
      <div>
        <Text size="sm" fw={650}>
          {t('rehearsal.blocked')}
        </Text>
        <ul>
          {lastingRefusals(plan).length > 0 ? (
            <li>
              <Anchor component="button" type="button" size="sm" onClick={() => goToStep('database')}>
                {t('rights.blocked')}
              </Anchor>
            </li>
          ) : null}
          <MissingItems plan={plan} />
        </ul>
      </div>
    </div>
  )
}
