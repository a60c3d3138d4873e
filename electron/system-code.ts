/** The system's own word for a failure, such as `ENOENT`; empty for an error that has none. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
