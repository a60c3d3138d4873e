import { z } from 'zod'

/** The variables of the guide's step 2, in its order. */
export const guideVariables = [
  'DB_HOST',
  'DB_PORT',
  'DB_NAME',
  'DB_USER',
  'DB_PASSWORD',
  'JWT_SECRET_KEY',
  'PORT',
  'DEBUG',
  'ALLOWED_ORIGINS',
] as const
export type GuideVariable = (typeof guideVariables)[number]
/** Values of these never leave main. */
export const secretVariables: readonly GuideVariable[] = ['DB_PASSWORD', 'JWT_SECRET_KEY']

/** What can be wrong with a variable. `elsewhere`: maybe the same host by another name, such as loopback seen from afar. */
export const envFlaws = [
  'missing',
  'wrongType',
  'default',
  'placeholder',
  'weak',
  'debugOn',
  'originsOpen',
  'originsNotHttps',
  'differs',
  'elsewhere',
  'ambiguous',
] as const
export type EnvFlaw = (typeof envFlaws)[number]
/** Flaws that deserve a word but stand in nobody's way. */
export const gentleFlaws: readonly EnvFlaw[] = ['elsewhere', 'ambiguous']

export interface EnvVariable {
  readonly name: GuideVariable
  readonly set: boolean
  /** Its value; null for a secret, and for what is not set. */
  readonly value: string | null
  readonly flaws: readonly EnvFlaw[]
}

/** The backend's `.env` as a person may see it: no secret. */
export interface EnvFile {
  readonly path: string
  readonly exists: boolean
  readonly variables: readonly EnvVariable[]
  /** Variables of other services, which stay as they are. */
  readonly others: number
  /** Says which text this was, so that nobody overwrites what they have not seen; null without a file. */
  readonly stamp: string | null
  /** The name of the copy of the text before, in the same folder; null when nothing was there or written. */
  readonly copy: string | null
}

/** Text that a line of `.env` can hold. */
const oneLine = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\0\r\n\u2028\u2029]*$/)
const port = z.number().int().min(1).max(65_535)

/** Whether a text is an origin that a browser sends, over https and for one site only. */
export function isSecureOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  return url.protocol === 'https:' && !text.includes('*') && url.origin === text.toLowerCase()
}

export const writeEnvSchema = z
  .object({
    stamp: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable(),
    values: z
      .object({
        DB_HOST: oneLine(255).regex(/^[\w.:%-]+$/),
        DB_PORT: port,
        DB_NAME: oneLine(63),
        DB_USER: oneLine(63),
        PORT: port,
        DEBUG: z.boolean(),
        ALLOWED_ORIGINS: z
          .array(oneLine(300).refine(isSecureOrigin, { params: { rule: 'origin' } }))
          .min(1)
          .max(20),
      })
      .strict(),
    /** Null keeps the one that is there. */
    password: oneLine(1024).nullable(),
    /** True makes a new strong key even where there is one; sessions of the web page then end. */
    newKey: z.boolean(),
  })
  .strict()
export type WriteEnvInput = z.infer<typeof writeEnvSchema>
