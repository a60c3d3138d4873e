/** Stands in the built page where the nonce of each load goes. */
export const noncePlace = '__CSP_NONCE__'

const policy = (nonce: string): readonly (readonly [directive: string, sources: string])[] => [
  ['default-src', "'none'"],
  ['script-src', "'self'"],
  ['style-src', `'self' 'nonce-${nonce}'`],
  ['img-src', "'self' data:"],
  ['font-src', "'self'"],
  ['connect-src', "'self'"],
  ['base-uri', "'none'"],
  ['form-action', "'none'"],
  ['object-src', "'none'"],
]

/**
 * What the page may load: itself. Style elements need the nonce of their load (Mantine writes some); nothing
 * inline runs, nothing remote loads, nothing frames us.
 */
export function contentPolicy(nonce: string): string {
  return [...policy(nonce), ['frame-ancestors', "'none'"]].map((pair) => pair.join(' ')).join('; ')
}

/** The same for the meta tag of the built page; Chromium refuses `frame-ancestors` there. */
export function metaPolicy(): string {
  return policy(noncePlace)
    .map((pair) => pair.join(' '))
    .join('; ')
}
