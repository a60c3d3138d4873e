/** Names that Windows keeps for devices, with any ending. */
const devices = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/i

/** File systems allow 255 bytes; the file that is written beside it until it is whole has a longer name. */
const mostBytes = 70

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
  const clean = part
    .normalize('NFC')
    // Separators of paths, wildcards, control characters, and marks that make a name read backwards.
    .replace(/[<>:"/\\|?*\p{Cc}\p{Cf}]/gu, ' ')
    .replace(/\s+/g, ' ')
  return shortened(clean).replace(/^[. ]+|[. ]+$/g, '')
}

function shortened(text: string): string {
  let bytes = 0
  let short = ''
  for (const sign of text) {
    bytes += Buffer.byteLength(sign)
    if (bytes > mostBytes) break
    short += sign
  }
  return short
}
