/** Whether there is a newer version of the app, and what becomes of it. */
export interface UpdateState {
  /**
   * `off` never looks; `ready` is downloaded, checked, and waits for the person; `available` is only told of, where the
   * system's own packages install it.
   */
  readonly status: 'off' | 'idle' | 'checking' | 'none' | 'available' | 'downloading' | 'ready' | 'failed'
  /** Why it never looks; null while it does. */
  readonly off: 'policy' | 'source' | 'noFeed' | null
  /** The newer version; null while none is known. */
  readonly version: string | null
  /** `signature`: what was downloaded is not what was published, and was thrown away. */
  readonly failure: 'signature' | 'network' | null
  /** ISO 8601, UTC; null before the first look of this run. */
  readonly checkedAt: string | null
}
