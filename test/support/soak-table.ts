import type { Reading } from './soak-readings.ts'

interface Rule {
  readonly figure: Exclude<keyof Reading, 'minute'>
  readonly what: string
  /** How much more the last quarter may have than the second, as a share and besides it; null: see `most`. */
  readonly growth: { readonly share: number; readonly more: number } | null
  /** What no reading may exceed. */
  readonly most?: number
}

const grows = (share: number, more: number) => ({ share, more })

/** The first quarter fills caches; from the second on nothing may grow. */
const rules: readonly Rule[] = [
  { figure: 'mainRss', what: 'main process, resident (MiB)', growth: grows(0.1, 10) },
  { figure: 'mainHeap', what: 'main process, heap (MiB)', growth: grows(0.1, 2) },
  { figure: 'mainExternal', what: 'main process, buffers (MiB)', growth: grows(0.1, 2) },
  { figure: 'mainListeners', what: 'main process, listeners', growth: grows(0, 0) },
  { figure: 'mainResources', what: 'main process, resources of the loop', growth: grows(0, 1) },
  { figure: 'mainTimers', what: 'main process, timers', growth: grows(0, 2) },
  { figure: 'mainFiles', what: 'main process, open files', growth: grows(0.05, 5) },
  { figure: 'pageRss', what: 'page, resident (MiB)', growth: grows(0.1, 15) },
  { figure: 'pageHeap', what: 'page, heap (MiB)', growth: grows(0.1, 2) },
  { figure: 'pageNodes', what: 'page, DOM nodes', growth: grows(0.05, 50) },
  { figure: 'pageListeners', what: 'page, listeners', growth: grows(0.05, 20) },
  { figure: 'poolLeased', what: 'pool, clients in use at rest', growth: grows(0, 0), most: 1 },
  { figure: 'poolOpen', what: 'pool, connections', growth: null, most: 20 },
  { figure: 'poolLeaks', what: 'pool, leaks', growth: null, most: 0 },
  { figure: 'sessions', what: 'server, sessions of ours', growth: null, most: 20 },
  { figure: 'idleInTransaction', what: 'server, idle in a transaction', growth: null, most: 0 },
  { figure: 'locks', what: 'server, locks of ours at rest', growth: null, most: 0 },
  // Two files of 5 MiB, and what one line may be over.
  { figure: 'log', what: 'log of the app (MiB)', growth: null, most: 10.1 },
  { figure: 'state', what: 'files of the profile (MiB)', growth: grows(0.1, 0.05) },
]

export interface SoakTable {
  /** A line a figure: medians of the four quarters, the most, and whether it stays. */
  readonly markdown: string
  /** What grew or went over its limit, in words. */
  readonly broken: readonly string[]
}

/** Judges readings taken at even distances. `flat` is whether growth is judged too: a short run is all warm-up. */
export function judge(readings: readonly Reading[], { flat }: { readonly flat: boolean }): SoakTable {
  const broken: string[] = []
  const lines = rules.map(({ figure, what, growth, most = Number.POSITIVE_INFINITY }) => {
    const values = readings.map((reading) => reading[figure]).filter((value) => value !== null)
    if (values.length < 4) return `| ${what} | not measured | | | | | |`
    const quarters = [0, 1, 2, 3].map((quarter) =>
      median(values.slice(Math.floor((values.length * quarter) / 4), Math.floor((values.length * (quarter + 1)) / 4))),
    )
    const [, second = 0, , last = 0] = quarters
    const peak = Math.max(...values)
    const limit = growth === null || !flat ? Number.POSITIVE_INFINITY : second * (1 + growth.share) + growth.more
    if (last > limit) broken.push(`${what}: ${round(second)} in the second quarter, ${round(last)} in the last`)
    if (!(peak <= most)) broken.push(`${what}: ${round(peak)}, at most ${most}`)
    const stands = last <= limit && peak <= most ? 'yes' : '**no**'
    return `| ${[what, ...quarters.map(round), round(peak), stands].join(' | ')} |`
  })
  const head = [
    '| figure | 1st quarter | 2nd | 3rd | last | most | stands |',
    '| --- | --- | --- | --- | --- | --- | --- |',
  ]
  return { markdown: [...head, ...lines].join('\n'), broken }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return ((sorted[middle] ?? Number.NaN) + (sorted[sorted.length % 2 === 1 ? middle : middle - 1] ?? Number.NaN)) / 2
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
