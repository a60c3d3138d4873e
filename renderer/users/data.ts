import { useQuery } from '@tanstack/react-query'
import { call } from '#renderer/api.ts'

const usersKeys = { list: ['users'] as const }

/** The users of the clinic; read when the page opens and on request, since they seldom change. */
export function useUsers() {
  return useQuery({ queryKey: usersKeys.list, queryFn: () => call('users.list') })
}
