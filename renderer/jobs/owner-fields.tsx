import { PasswordInput, TextInput } from '@mantine/core'
import type { GetInputPropsReturnType } from '@mantine/form'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './owner-fields.module.css'

interface OwnerFieldsProps {
  readonly labels: { readonly user: string; readonly password: string }
  readonly user: GetInputPropsReturnType
  readonly password: GetInputPropsReturnType
  readonly passwordRef?: Ref<HTMLInputElement> | undefined
}

/** Credentials of the tables' owner, for one job only: nothing may remember them. */
export function OwnerFields({ labels, user, password, passwordRef }: OwnerFieldsProps) {
  const { t } = useTranslation('session')
  return (
    <div className={classes.credentials}>
      <TextInput label={labels.user} autoComplete="off" autoCapitalize="none" spellCheck={false} {...user} />
      <PasswordInput
        label={labels.password}
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-label': t('login.showPassword'), tabIndex: 0 }}
        {...password}
        {...(passwordRef ? { ref: passwordRef } : {})}
      />
    </div>
  )
}
