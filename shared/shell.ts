import { z } from 'zod'

/** True versions, read from what runs, for the about box and support. */
export interface About {
  readonly app: string
  readonly electron: string
  readonly chromium: string
  readonly node: string
  readonly platform: string
  /** `official` is the Electron the product ships with; `stand-in` the one used where it cannot be downloaded. */
  readonly runtime: 'official' | 'stand-in'
  readonly packaged: boolean
  readonly logFile: string
}

/**
 * Something that ended out of order: the program in its last run, or the page in this one; or a profile that cannot be
 * written, so that nothing of this run is remembered.
 */
export interface Trouble {
  readonly what: 'app' | 'page' | 'profile'
  /** About when, ISO 8601, UTC. */
  readonly at: string
  /** The app's version then; empty when it is not known. */
  readonly version: string
  /** Chromium's word for why the page died; null for the program, which could not say. */
  readonly reason: string | null
}

/** A file that somebody opened with the system and that waits until an administrator is logged in; its path stays in main. */
export interface OpenedFile {
  readonly name: string
}

/** Places outside the app that the page may ask to open; the addresses live in main. */
export const externalPlaceSchema = z.enum(['postgresql-docs', 'log-folder'])
export type ExternalPlace = z.infer<typeof externalPlaceSchema>

/** Kinds of file that the page may ask a person to choose. The chosen path is only ever shown and sent back. */
export const filePurposeSchema = z.enum(['ca', 'env'])
export type FilePurpose = z.infer<typeof filePurposeSchema>

/** What the native menu asks of the page. */
export const commandSchema = z.enum([
  'refresh',
  'lock',
  'logout',
  'palette',
  'keys',
  'about',
  'go.dashboard',
  'go.deployment',
  'go.cleanup',
  'go.monitoring',
  'go.diagnosis',
  'go.settings',
  'go.users',
])
export type Command = z.infer<typeof commandSchema>

export const copySchema = z.object({ text: z.string().max(200_000) }).strict()
