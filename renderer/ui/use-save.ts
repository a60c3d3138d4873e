import './print.css'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call, wireError } from '#renderer/api.ts'
import type { ExportedTable, ExportResult, PrintedPage } from '#shared/export.ts'

/** Takes a table or the page out of the app, and says what became of it: the file's name, or why there is none. */
export function useSave() {
  const { t, i18n } = useTranslation('export')
  const { t: error } = useTranslation('errors')
  const { t: common } = useTranslation()
  const save = useMutation({
    mutationFn: (work: () => Promise<ExportResult>) => work(),
    onSuccess: (result) => {
      if (result.saved) notifications.show({ message: t('saved', { file: result.file }), color: 'accent' })
    },
    onError: (failure) => {
      const { code, params } = wireError(failure)
      const reason = `export:reason.${params.reason}`
      const cause = i18n.exists(reason) ? i18n.t(reason as 'export:reason.other') : error(`${code}.cause`, params)
      notifications.show({
        title: error(`${code}.title`, params),
        message: `${cause} ${error(`${code}.action`, params)}`,
        color: 'red',
        autoClose: 12_000,
      })
    },
  })
  const copy = useMutation({
    mutationFn: (text: string) => call('shell.copy', { text }),
    onSuccess: () => notifications.show({ message: common('action.copied'), autoClose: 2_000, color: 'accent' }),
    onError: (failure) => {
      const { code, params } = wireError(failure)
      notifications.show({
        title: error(`${code}.title`, params),
        message: error(`${code}.action`, params),
        color: 'red',
      })
    },
  })
  return {
    busy: save.isPending,
    /** Whatever main itself writes to a file. */
    file: save.mutate,
    csv: (table: ExportedTable) => save.mutate(() => call('export.saveCsv', table)),
    /** `ready` resolves once the page may be printed. */
    pdf: (page: PrintedPage, ready: () => Promise<void>) =>
      save.mutate(async () => {
        await ready()
        return call('export.savePdf', page)
      }),
    copy: copy.mutate,
  }
}
