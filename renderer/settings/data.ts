import { useMutation, useQuery } from '@tanstack/react-query'
import { call } from '#renderer/api.ts'
import { queryClient } from '#renderer/query.ts'
import { type Settings, type SettingsChange, settingsSchema } from '#shared/settings.ts'

export const settingsKeys = {
  read: ['settings'] as const,
  about: ['about'] as const,
}

const defaults = settingsSchema.parse({})

/** The preferences of this workstation; the defaults until main has answered. */
export function useSettings(): Settings {
  return (
    useQuery({ queryKey: settingsKeys.read, queryFn: () => call('settings.read'), staleTime: Infinity }).data ??
    defaults
  )
}

export function useSaveSettings() {
  return useMutation({
    mutationFn: (change: SettingsChange) => call('settings.save', change),
    onSuccess: (settings) => queryClient.setQueryData(settingsKeys.read, settings),
  })
}

/** True versions of what runs. */
export function useAbout() {
  return useQuery({ queryKey: settingsKeys.about, queryFn: () => call('shell.about'), staleTime: Infinity })
}
