import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Log } from '#electron/log.ts'
import { profileFieldsSchema, profileIdSchema } from '#shared/connection.ts'

const demoSchema = z.object({
  profile: profileFieldsSchema.extend({ id: profileIdSchema }),
  password: z.string(),
  credentials: z.array(z.object({ user: z.string(), password: z.string(), role: z.string() })),
})

/** The demo clinic that was started with the app, from source. It is never stored. */
export type DemoClinic = z.infer<typeof demoSchema>

/** Reads what `scripts/demo.js` wrote of the demo clinic; null, and a line in the log, when that is unreadable. */
export function readDemo(file: string, log: Log): DemoClinic | null {
  try {
    return demoSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    log.error('connection.demoUnreadable')
    return null
  }
}
