import { readFileSync, statSync } from 'node:fs'
import { z } from 'zod'
import { replaceFile } from '#electron/replace-file.ts'

/** The smallest window that the pages are made for. */
export const minimum = { width: 1024, height: 700 } as const

const coordinate = z.number().int().min(-100_000).max(100_000)
const rectangleSchema = z.object({ x: coordinate, y: coordinate, width: coordinate, height: coordinate })
const placeSchema = z.object({ bounds: rectangleSchema, maximized: z.boolean() })

export type Rectangle = z.infer<typeof rectangleSchema>
export interface Place {
  readonly bounds: Rectangle
  readonly maximized: boolean
}

/** Bytes; what we write is a tenth of it. */
const largest = 4096

/** What was remembered in `file`; null when it is missing, broken, or lies on no display of today. */
export function readPlace(file: string, workAreas: readonly Rectangle[]): Place | null {
  let content: unknown
  try {
    if (statSync(file).size > largest) return null
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
  const parsed = placeSchema.safeParse(content)
  return parsed.success ? fitted(parsed.data, workAreas) : null
}

/** Remembers where the window is. Never rejects: losing this is no harm, the next start opens in the middle of the screen. */
export async function writePlace(file: string, place: Place): Promise<void> {
  await replaceFile(file, `${JSON.stringify(place)}\n`, { mode: 0o600 }).catch(() => undefined)
}

/** Displays come and go: the title bar must be within reach on one of them, and the window no larger than it. */
function fitted({ bounds, maximized }: Place, workAreas: readonly Rectangle[]): Place | null {
  const home = workAreas.find(
    (area) => shared(bounds, area) >= 100 && within(bounds.y, area.y, area.y + area.height - 40),
  )
  if (home === undefined) return null
  const width = Math.min(Math.max(bounds.width, minimum.width), Math.max(home.width, minimum.width))
  const height = Math.min(Math.max(bounds.height, minimum.height), Math.max(home.height, minimum.height))
  return { bounds: { x: bounds.x, y: bounds.y, width, height }, maximized }
}

function shared(a: Rectangle, b: Rectangle): number {
  return Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
}

function within(value: number, from: number, to: number): boolean {
  return value >= from && value <= to
}
