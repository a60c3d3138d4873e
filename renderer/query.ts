import { QueryCache, QueryClient } from '@tanstack/react-query'
import { wireError } from './api.ts'

const sessionEnded = new Set(['NOT_LOGGED_IN', 'SESSION_LOCKED'])

/**
 * The page's cache of what main answered. Main is on the same machine, so being offline does not
 * pause anything, and a failure is shown at once with its own retry instead of being repeated silently.
 */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      // Main knows first: a refusal for the session asks what the session is now.
      if (sessionEnded.has(wireError(error).code)) void queryClient.invalidateQueries({ queryKey: ['session'] })
    },
  }),
  defaultOptions: {
    queries: {
      networkMode: 'always',
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      staleTime: 5_000,
    },
    mutations: { networkMode: 'always', retry: false },
  },
})
