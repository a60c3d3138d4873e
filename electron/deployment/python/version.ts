interface Version {
  readonly release: readonly number[]
  /** Before the release itself: `3.1rc1`, `3.1.dev0`. */
  readonly early: boolean
}

function parse(text: string): Version | null {
  const match = /^\s*v?(?:\d+!)?(\d+(?:\.\d+)*)(.*)$/i.exec(text)
  if (!match?.[1]) return null
  return {
    release: match[1].split('.').map(Number),
    early: /^[-_.]?(a|b|c|rc|alpha|beta|pre|preview|dev)/i.test(match[2] ?? ''),
  }
}

/** Whether a Python version (PEP 440) is `least` or later; a pre-release comes before its release. False for no version. */
export function isAtLeast(version: string, least: string): boolean {
  const have = parse(version)
  const want = parse(least)
  if (!have || !want) return false
  for (let at = 0; at < Math.max(have.release.length, want.release.length); at++) {
    const difference = (have.release[at] ?? 0) - (want.release[at] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return !have.early || want.early
}
