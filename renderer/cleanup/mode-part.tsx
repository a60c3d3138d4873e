import { Radio, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Decisions, decisionsSchema } from '#shared/cleanup.ts'
import { decide } from './draft.ts'
import { Part } from './part.tsx'

const modes = ['keep', 'deactivate', 'remove'] as const

/** What happens to the users who are not on the list. */
export function ModePart({ mode }: { readonly mode: Decisions['scopes']['users'] }) {
  const { t } = useTranslation('cleanup')
  return (
    <Part title={t('staffStep.mode')}>
      <Radio.Group
        name="users"
        aria-label={t('staffStep.mode')}
        value={mode}
        onChange={(value) =>
          decide(({ scopes }) => ({ scopes: decisionsSchema.shape.scopes.parse({ ...scopes, users: value }) }))
        }
      >
        <Stack gap={8}>
          {modes.map((each) => (
            <Radio
              key={each}
              value={each}
              label={t(`users.${each}`)}
              description={t(`staffStep.${each}Means`)}
              data-users={each}
            />
          ))}
        </Stack>
      </Radio.Group>
    </Part>
  )
}
