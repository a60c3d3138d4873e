/** Names that Windows keeps for devices, with any ending. */
const devices = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/i

/** Proposes a name that every system takes: the clinic, what it is, the day. `ending` comes without its dot. */
export function fileName(parts: readonly string[], ending: string): string {
  const clean = parts.map(safe).filter((part) => part !== '')
  const name = clean
    .join(' - ')
    .slice(0, 150)
    .replace(/[. ]+$/, '')
  return `${name === '' || devices.test(name) ? `PodoSkin ${name}`.trim() : name}.${ending}`
}

function safe(part: string): string {
  return (
    part
      .normalize('NFC')
      // Separators of paths, wildcards, control characters, and marks that make a name read backwards.
      .replace(/[<>:"/\\|?*\p{Cc}\p{Cf}]/gu, ' ')
      .replace(/\s+/g, ' ')
      .replace(/^[. ]+|[. ]+$/g, '')
  )
}
