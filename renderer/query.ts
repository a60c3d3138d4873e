import { QueryClient } from '@tanstack/react-query'

/**
 * The page's cache of what main answered. Main is on the same machine, so being offline does not
 * pause anything, and a failure is shown at once with its own retry instead of being repeated silently.
 */
export const queryClient = new QueryClient({
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
