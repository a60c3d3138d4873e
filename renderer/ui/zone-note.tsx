import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** Says under a table by which clock its dates are told. */
export function ZoneNote({ zone }: { readonly zone: string | undefined }) {
  const { t } = useTranslation()
  if (zone === undefined) return null
  return (
    <Text size="xs" c="dimmed" data-part="zone">
      {t('zone', { zone })}
    </Text>
  )
}
