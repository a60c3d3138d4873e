import { z } from 'zod'
import { profileFieldsSchema } from './connection.ts'

/**
 * What the clinic's IT fixes for every user of a workstation, in one file that only an administrator of the machine may
 * write. It can only take away: what it does not name stays as the person chose.
 */
export const policySchema = z
  .object({
    version: z.literal(1),
    /** The language of the app, for everybody. */
    language: z.enum(['es', 'en']).optional(),
    /** `off` never looks for a newer version. */
    updates: z.literal('off').optional(),
    /** `disabled` deletes and restores nothing from this workstation. */
    cleanup: z.literal('disabled').optional(),
    /** The one clinic of this workstation; its people only type the password. */
    connection: profileFieldsSchema.optional(),
  })
  .strict()

/** What holds on this workstation, for the page: no part of it is secret. */
export interface PolicyState {
  /** Where the file is, or would be. */
  readonly file: string
  /** Whether there is one. */
  readonly managed: boolean
  /**
   * Why it cannot be followed as it stands; null while it can. What it does not say for sure is then forbidden, until it
   * is corrected.
   */
  readonly problem: null | {
    readonly kind: 'unreadable' | 'notJson' | 'invalid' | 'notProtected'
    readonly fields: string
  }
  readonly language: 'es' | 'en' | null
  readonly updates: 'off' | 'free'
  readonly cleanup: 'disabled' | 'free'
  /** `locked` opens no connection at all: nobody knows which one was meant. */
  readonly connection: 'fixed' | 'locked' | 'free'
}
