import { useCurrentProfile } from '#renderer/connection/data.ts'
import { useFormat } from '#renderer/words.ts'

/** Writes an instant (seconds since the epoch) by the clinic's clock, wherever this workstation stands. */
export function useClinicInstant(): (seconds: number) => string {
  const { instant } = useFormat()
  const zone = useCurrentProfile()?.zone
  return (seconds) => instant(seconds, zone)
}
