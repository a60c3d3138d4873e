/**
 * What PostgreSQL can keep and its protocol can carry: a NUL ends a text there, and what follows would be read as
 * something else.
 */
export const withoutNul = /^[^\0]*$/
