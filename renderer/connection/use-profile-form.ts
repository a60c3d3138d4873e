import { useForm } from '@mantine/form'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { wireError } from '#renderer/api.ts'
import { fieldErrors } from '#renderer/ui/validation.ts'
import { type ConnectionState, type ImportedEnv, type Profile, profileFieldsSchema } from '#shared/connection.ts'
import { useOpenConnection, useSaveConnection, useTestConnection } from './data.ts'
import { defaultTls, fieldOf, initialForm, type ProfileForm, profileOf } from './profile-form.ts'

/** The connection form: its values, and testing, saving and opening them. */
export function useProfileForm(profile: Profile | null, state: ConnectionState, onDone: () => void) {
  const { t } = useTranslation()
  const { t: errors } = useTranslation('errors')
  const test = useTestConnection()
  const save = useSaveConnection()
  const open = useOpenConnection()
  // A profile that was saved but could not be opened is saved again under the same id.
  const id = useRef(profile?.id ?? null)
  const tlsChosen = useRef(profile !== null)
  const [imported, setImported] = useState<ImportedEnv | null>(null)

  const form = useForm<ProfileForm>({
    initialValues: initialForm(profile, state.keychain === 'available'),
    validate: (values) => fieldErrors(profileFieldsSchema, profileOf(values), t),
    onValuesChange: () => test.reset(),
  })

  const showFailure = (error: unknown) => {
    const wire = wireError(error)
    const field = fieldOf(wire)
    if (!field) return
    form.setFieldError(field, errors(`${wire.code}.title`, wire.params))
    form.getInputNode(field)?.focus()
  }
  const password = (values: ProfileForm) => values.password || null

  const setHost = (host: string) => {
    form.setFieldValue('host', host)
    if (!tlsChosen.current) form.setFieldValue('tls', defaultTls(host))
  }
  const setTls = (tls: ProfileForm['tls']) => {
    tlsChosen.current = true
    form.setFieldValue('tls', tls)
  }
  const take = (env: ImportedEnv) => {
    setImported(env)
    form.setValues(env.fields)
    setHost(env.fields.host)
  }

  const runTest = form.onSubmit((values) => {
    const input = { profile: profileFieldsSchema.parse(profileOf(values)), id: id.current, password: password(values) }
    test.mutate(input, { onError: showFailure })
  })
  const saveAndOpen = form.onSubmit(async (values) => {
    test.reset()
    try {
      const fields = profileFieldsSchema.parse(profileOf(values))
      const remember = values.remember && state.keychain === 'available'
      const saved = await save.mutateAsync({ id: id.current, profile: fields, password: password(values), remember })
      id.current = saved.id
      await open.mutateAsync({ id: saved.id, password: password(values) })
      onDone()
    } catch (error) {
      showFailure(error)
    }
  })

  return {
    form,
    imported,
    take,
    setHost,
    setTls,
    runTest,
    saveAndOpen,
    testing: test.isPending,
    saving: save.isPending || open.isPending,
    report: test.data ?? null,
    failure: test.error ?? save.error ?? open.error,
  }
}
