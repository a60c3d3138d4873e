/** How often the clock is looked at: after a sleep of the laptop timers are late, the clock is not. */
const LONGEST_NAP = 10_000

export interface IdleWatch {
  /** Starts to count from now. */
  start(): void
  /** Somebody is there. Calls `onIdle` instead when the time was already up. */
  touch(): void
  /** Calls `onIdle` when the time is up. */
  look(): void
  stop(): void
}

/** Calls `onIdle` once when nobody touched it for as many minutes as `minutes` says at that moment. */
export function createIdleWatch(options: { minutes: () => number; now: () => number; onIdle: () => void }): IdleWatch {
  const { minutes, now, onIdle } = options
  let last: number | null = null
  let timer: NodeJS.Timeout | undefined

  function stop(): void {
    last = null
    clearTimeout(timer)
  }

  function look(): void {
    if (last === null) return
    last = Math.min(last, now())
    const left = last + minutes() * 60_000 - now()
    clearTimeout(timer)
    if (left <= 0) {
      stop()
      onIdle()
    } else {
      timer = setTimeout(look, Math.min(left, LONGEST_NAP))
      timer.unref()
    }
  }

  return {
    start() {
      last = now()
      look()
    },
    touch() {
      look()
      if (last !== null) last = now()
    },
    look,
    stop,
  }
}
