import { afterAll } from 'vitest'
import { clinicTemplate, type FreshClinic, freshClinic } from '#support/clinic.ts'

/** Hands out one copy of a filled clinic after another, each for one attack; the one before goes. */
export function copiesOf(appointments: number): () => Promise<FreshClinic> {
  let last: FreshClinic | null = null
  const drop = async () => {
    await last?.drop()
    last = null
  }
  afterAll(drop)
  return async () => {
    await drop()
    last = await freshClinic({ empty: true, from: await clinicTemplate(appointments) })
    return last
  }
}
