import { keepPreviousData, useMutation, useQueries, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { call, subscribe } from '#renderer/api.ts'
import { queryClient } from '#renderer/query.ts'
import type { LogCommand, LogEntry, LogFilter, LogState } from '#shared/monitoring-log.ts'

const logKeys = { state: ['monitoring', 'log', 'state'], rows: ['monitoring', 'log', 'rows'] } as const

function takeLog(state: LogState): void {
  queryClient.setQueryData(logKeys.state, state)
}

/** Hears what main says of the log, a few times a second at most. */
export function useLogChanges(): void {
  useEffect(() => subscribe('monitoring.logChanged', takeLog), [])
}

/** The log as it stands. */
export function useLog() {
  return useQuery({ queryKey: logKeys.state, queryFn: () => call('monitoring.logState'), staleTime: 0 })
}

/** Another source, or none: what was shown of the old one is forgotten. */
function useSource<V>(change: (value: V) => Promise<LogState>) {
  return useMutation({
    mutationFn: change,
    onSuccess: (state) => {
      takeLog(state)
      queryClient.removeQueries({ queryKey: logKeys.rows })
    },
  })
}

export const useChooseFiles = () => useSource(() => call('monitoring.logChooseFiles'))
export const useFollowCommand = () => useSource((command: LogCommand) => call('monitoring.logFollow', command))
export const useForgetLog = () => useSource(() => call('monitoring.logForget'))

/** Rows that are asked for together. */
export const pageRows = 100

export function isPlain({ show, group, text }: LogFilter): boolean {
  return show === 'all' && group === null && text === ''
}

export interface RowCount {
  readonly total: number
  readonly searched: number
  readonly capped: boolean
}

/** How many rows a filter has; a search is asked again until it is through. */
export function useRowCount(filter: LogFilter, state: LogState): RowCount {
  const plain = isPlain(filter)
  const counted = useQuery({
    queryKey: [...logKeys.rows, 'count', filter, state.nextEntry],
    queryFn: () => call('monitoring.logPage', { filter, from: 0, count: 1 }),
    enabled: !plain,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => ((query.state.data?.searched ?? 1) < 1 ? 300 : false),
    gcTime: 5_000,
  })
  if (plain) return { total: state.nextEntry - state.firstEntry, searched: 1, capped: state.firstEntry > 0 }
  return counted.data ?? { total: 0, searched: 0, capped: false }
}

/** The rows from one to another; those that are on their way are missing. A page that is full stays as it is. */
export function useRows(filter: LogFilter, first: number, last: number, total: number, state: LogState) {
  const pages: number[] = []
  for (let page = Math.floor(first / pageRows); page * pageRows <= last; page += 1) pages.push(page)
  const results = useQueries({
    queries: pages.map((page) => {
      const full = (page + 1) * pageRows <= total
      return {
        queryKey: [...logKeys.rows, filter, state.firstEntry, page, full ? 'full' : total],
        queryFn: () => call('monitoring.logPage', { filter, from: page * pageRows, count: pageRows }),
        staleTime: full && filter.text === '' ? Number.POSITIVE_INFINITY : 0,
        gcTime: 10_000,
        placeholderData: keepPreviousData,
      }
    }),
  })
  return (row: number): LogEntry | undefined => {
    const at = pages.indexOf(Math.floor(row / pageRows))
    const page = results[at]?.data
    return page?.entries[row - page.from]
  }
}
