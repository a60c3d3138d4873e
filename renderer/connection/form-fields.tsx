import {
  ActionIcon,
  Autocomplete,
  Button,
  Checkbox,
  Fieldset,
  Group,
  Input,
  NumberInput,
  PasswordInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Tooltip,
} from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '#renderer/api.ts'
import { useFormat } from '#renderer/words.ts'
import { type KeychainState, tlsModeSchema } from '#shared/connection.ts'
import classes from './form-fields.module.css'
import type { useProfileForm } from './use-profile-form.ts'

interface FieldsProps {
  readonly editor: ReturnType<typeof useProfileForm>
}

const zones = ['America/Tijuana', 'America/Hermosillo', 'America/Mazatlan', 'America/Mexico_City', 'America/Cancun']

/** The name of the connection, and whether it is the real clinic. */
export function WhatFields({ editor: { form } }: FieldsProps) {
  const { t } = useTranslation('connection')
  const { t: common } = useTranslation()
  return (
    <div className={classes.two}>
      <TextInput
        label={t('form.name')}
        placeholder={t('form.namePlaceholder')}
        autoFocus
        {...form.getInputProps('name')}
      />
      <Input.Wrapper
        label={t('form.environment')}
        labelElement="div"
        description={t('form.environmentHint')}
        inputWrapperOrder={['label', 'input', 'description']}
      >
        <SegmentedControl
          mb={5}
          fullWidth
          aria-label={t('form.environment')}
          data={[
            { value: 'testing', label: common('environment.testing') },
            { value: 'production', label: common('environment.production') },
          ]}
          {...form.getInputProps('environment')}
        />
      </Input.Wrapper>
    </div>
  )
}

interface ServerFieldsProps extends FieldsProps {
  readonly keychain: KeychainState
  /** An empty password keeps the one that is stored or was imported. */
  readonly keepsPassword: boolean
}

/** Where the server is and who one is there. */
export function ServerFields({ editor: { form, setHost }, keychain, keepsPassword }: ServerFieldsProps) {
  const { t } = useTranslation('connection')
  const { t: session } = useTranslation('session')
  const plain = { spellCheck: false, autoCapitalize: 'none', autoComplete: 'off' } as const
  return (
    <Fieldset legend={t('form.sectionServer')} className={classes.set}>
      <Stack gap="sm">
        <div className={classes.host}>
          <TextInput
            label={t('form.host')}
            description={t('form.hostHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            {...plain}
            {...form.getInputProps('host')}
            onChange={(event) => setHost(event.currentTarget.value)}
          />
          <NumberInput
            label={t('form.port')}
            min={1}
            max={65535}
            clampBehavior="none"
            allowDecimal={false}
            allowNegative={false}
            hideControls
            {...form.getInputProps('port')}
          />
        </div>
        <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
          <TextInput label={t('form.database')} {...plain} {...form.getInputProps('database')} />
          <TextInput label={t('form.user')} {...plain} {...form.getInputProps('user')} />
          <PasswordInput
            label={t('form.password')}
            autoComplete="off"
            placeholder={keepsPassword ? '••••••••' : ''}
            visibilityToggleButtonProps={{ 'aria-label': session('login.showPassword'), tabIndex: 0 }}
            {...form.getInputProps('password')}
          />
        </SimpleGrid>
        {keepsPassword ? (
          <Text size="xs" c="dimmed">
            {t('form.passwordKeep')}
          </Text>
        ) : null}
        {keychain === 'available' ? (
          <Checkbox label={t('form.remember')} {...form.getInputProps('remember', { type: 'checkbox' })} />
        ) : (
          <Text size="sm" c="dimmed">
            {t('form.noKeychain')}
          </Text>
        )}
      </Stack>
    </Fieldset>
  )
}

/** How the link is protected. */
export function SecurityFields({ editor: { form, setTls } }: FieldsProps) {
  const { t } = useTranslation('connection')
  const choose = useMutation({
    mutationFn: () => call('shell.chooseFile', { purpose: 'ca' }),
    onSuccess: (path) => {
      if (path !== null) form.setFieldValue('caFile', path)
    },
  })
  const { tls, caFile } = form.values
  const verifies = tls === 'verify-ca' || tls === 'verify-full'
  const input = form.getInputProps('tls')
  return (
    <Fieldset legend={t('form.sectionSecurity')} className={classes.set}>
      <div className={classes.two}>
        <Select
          label={t('form.tls')}
          description={t(`form.tlsHint.${tls}`)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          allowDeselect={false}
          data={tlsModeSchema.options.map((mode) => ({ value: mode, label: t(`form.tlsModes.${mode}`) }))}
          {...input}
          onChange={(value) => setTls(tlsModeSchema.parse(value))}
        />
        {verifies ? (
          <TextInput
            label={t('form.caFile')}
            description={t('form.caFileHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            readOnly
            title={caFile}
            {...form.getInputProps('caFile')}
            rightSectionWidth={caFile ? 112 : 84}
            rightSection={
              <Group gap={2} wrap="nowrap">
                {caFile ? (
                  <Tooltip label={t('form.clearFile')}>
                    <ActionIcon aria-label={t('form.clearFile')} onClick={() => form.setFieldValue('caFile', '')}>
                      <IconX size={15} aria-hidden />
                    </ActionIcon>
                  </Tooltip>
                ) : null}
                <Button size="compact-sm" variant="default" loading={choose.isPending} onClick={() => choose.mutate()}>
                  {t('form.chooseFile')}
                </Button>
              </Group>
            }
          />
        ) : null}
      </div>
    </Fieldset>
  )
}

/** Zone, schema and pool: the defaults are right nearly always. */
export function AdvancedFields({ editor: { form } }: FieldsProps) {
  const { t } = useTranslation('connection')
  const { integer } = useFormat()
  const max = Number(form.values.pool.max) || 0
  const broken = ['zone', 'schema', 'pool', 'pool.warm', 'pool.max'].some((path) => form.errors[path])
  const whole = { min: 0, max: 50, clampBehavior: 'none', allowDecimal: false, allowNegative: false } as const
  return (
    <details className={classes.more} open={broken || undefined}>
      <summary>{t('form.sectionAdvanced')}</summary>
      <Stack gap="sm" pt="sm">
        <div className={classes.two}>
          <Autocomplete
            label={t('form.zone')}
            description={t('form.zoneHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data={zones}
            {...form.getInputProps('zone')}
          />
          <TextInput
            label={t('form.schema')}
            description={t('form.schemaHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            spellCheck={false}
            {...form.getInputProps('schema')}
          />
        </div>
        <div className={classes.two}>
          <NumberInput
            label={t('form.warm')}
            {...whole}
            {...form.getInputProps('pool.warm')}
            error={form.errors['pool.warm'] ?? form.errors.pool}
          />
          <NumberInput label={t('form.max')} {...whole} {...form.getInputProps('pool.max')} />
        </div>
        <Text size="sm" c="dimmed">
          {t('form.poolExplained', { max: integer(max), three: integer(max * 3) })}
        </Text>
      </Stack>
    </details>
  )
}
