import { PasswordInput, Stack } from '@mantine/core'
import type { GetInputPropsReturnType } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { call, wireError } from '#renderer/api.ts'
import { queryClient } from '#renderer/query.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { useWait } from './use-wait.ts'
import { WaitNotice } from './wait-notice.tsx'

const confirmedKey = ['session', 'confirmed'] as const
/** Milliseconds, a little less than main remembers: main decides, the page only avoids asking twice. */
const remembered = 4.5 * 60_000

/** Whether the person should be asked for their password before an operation that wants it again. */
export function useReauthenticationNeeded(): boolean {
  const until = useQuery<number>({
    queryKey: confirmedKey,
    queryFn: () => 0,
    enabled: false,
    initialData: 0,
    gcTime: remembered,
  })
  return (until.data ?? 0) < Date.now()
}

/** Has main check the person's own password. Throws what main answers. */
export async function reauthenticate(password: string): Promise<void> {
  await call('session.reauthenticate', { password })
  queryClient.setQueryData<number>(confirmedKey, Date.now() + remembered)
}

/** Takes it that main wants the password again: it was locked, or another person is here. */
export function forgetReauthentication(): void {
  queryClient.setQueryData<number>(confirmedKey, 0)
}

/** Whether an error is about the password of the person, and so belongs beside its field. */
export function refusesPerson(error: unknown): boolean {
  return error !== null && ['WRONG_CREDENTIALS', 'TOO_MANY_TRIES'].includes(wireError(error).code)
}

interface ReauthenticateFieldProps {
  readonly input: GetInputPropsReturnType
  readonly inputRef: Ref<HTMLInputElement>
  /** What the last try was refused with; shown here when it is about this password. */
  readonly error: unknown
}

/** Asks for the person's own password once more. */
export function ReauthenticateField({ input, inputRef, error }: ReauthenticateFieldProps) {
  const { t } = useTranslation('session')
  const wait = useWait(error)
  const refused = refusesPerson(error)
  return (
    <Stack gap="xs" data-part="reauthenticate">
      <PasswordInput
        maw={520}
        label={t('confirm.password')}
        description={t('confirm.title')}
        autoComplete="current-password"
        visibilityToggleButtonProps={{ 'aria-label': t('login.showPassword'), tabIndex: 0 }}
        {...input}
        ref={inputRef}
      />
      {wait > 0 ? <WaitNotice seconds={wait} /> : null}
      {refused && wireError(error).code !== 'TOO_MANY_TRIES' ? (
        <ErrorNotice error={error} note={t('confirm.wrong')} />
      ) : null}
    </Stack>
  )
}
