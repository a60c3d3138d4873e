import { Anchor } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** The way to the diagnosis from the screens before the login. */
export function DiagnosisLink({ onOpen }: { readonly onOpen: () => void }) {
  const { t } = useTranslation('diagnosis')
  return (
    <Anchor component="button" type="button" size="sm" onClick={onOpen} data-action="diagnosis">
      {t('entry.link')}
    </Anchor>
  )
}
