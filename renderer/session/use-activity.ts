import { useEffect } from 'react'
import { call } from '#renderer/api.ts'

const every = 15_000
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const

/** Tells main that somebody is there, at most every fifteen seconds, so that the idle lock waits. */
export function useActivity(active: boolean): void {
  useEffect(() => {
    if (!active) return
    let last = 0
    const report = () => {
      const now = Date.now()
      if (now - last < every) return
      last = now
      // A refusal means that the session ended, which its own topic tells.
      call('session.activity').catch(() => undefined)
    }
    for (const sign of signs) window.addEventListener(sign, report, { passive: true, capture: true })
    return () => {
      for (const sign of signs) window.removeEventListener(sign, report, { capture: true })
    }
  }, [active])
}
