import { useEffect, useState } from 'react'
import { wireError } from '#renderer/api.ts'

/** Whole seconds that are left of a refusal for too many tries; counts down to 0. */
export function useWait(error: unknown): number {
  const [left, setLeft] = useState(0)
  useEffect(() => {
    const wire = error ? wireError(error) : null
    const seconds = wire?.code === 'TOO_MANY_TRIES' ? Number(wire.params.seconds) : 0
    const end = Date.now() + (Number.isFinite(seconds) ? seconds : 0) * 1000
    const read = () => setLeft(Math.max(0, Math.ceil((end - Date.now()) / 1000)))
    read()
    if (end <= Date.now()) return
    const timer = setInterval(read, 250)
    return () => clearInterval(timer)
  }, [error])
  return left
}
