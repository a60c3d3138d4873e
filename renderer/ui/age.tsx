import { useFormat } from '#renderer/words.ts'
import { useNow } from './use-now.ts'

/** How long ago something happened (milliseconds since the epoch), kept true while it is on screen. */
export function useAge(at: number): string {
  const now = useNow()
  return useFormat().age((now - at) / 1000)
}

/** The age alone, so that only this text is drawn again each second. */
export function Age({ at }: { readonly at: number }) {
  return <span className="numbers">{useAge(at)}</span>
}
