import { Radio, Stack } from '@mantine/core'
import type { GetInputPropsReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { useCurrentProfile } from '#renderer/connection/data.ts'
import { OwnerFields } from '#renderer/jobs/owner-fields.tsx'

interface WhoFieldsProps {
  /** The role of the connection, where it is not the profile's user. */
  readonly role?: string
  /** Whether the owner's credentials are asked for. */
  readonly owner: boolean
  readonly who: GetInputPropsReturnType
  readonly user: GetInputPropsReturnType
  readonly password: GetInputPropsReturnType
}

/** With whose rights: the connection's own, or those of whoever owns the tables. */
export function WhoFields({ role, owner, who, user, password }: WhoFieldsProps) {
  const { t } = useTranslation('cleanup')
  const profile = useCurrentProfile()
  return (
    <>
      <Radio.Group name="who" aria-label={t('rehearsal.who')} {...who}>
        <Stack gap={8}>
          <Radio value="profile" label={t('rehearsal.profile', { role: role ?? profile?.user })} />
          <Radio value="owner" label={t('rehearsal.owner')} description={t('rehearsal.ownerMeans')} />
        </Stack>
      </Radio.Group>
      {owner ? (
        <OwnerFields
          labels={{ user: t('rehearsal.ownerUser'), password: t('rehearsal.ownerPassword') }}
          user={user}
          password={password}
        />
      ) : null}
    </>
  )
}
