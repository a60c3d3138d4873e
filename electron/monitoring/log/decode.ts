/** How the bytes of a log become text. */
export type Encoding = 'bytes' | 'utf16'

/** A Byte Order Mark decides; PowerShell's `>` writes UTF-16. Everything else is told apart line by line. */
export function encodingOf(head: Buffer): Encoding {
  return head[0] === 0xff && head[1] === 0xfe ? 'utf16' : 'bytes'
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
const windows = new TextDecoder('windows-1252')

/**
 * One line as a person reads it. UTF-8 where it is valid, else Windows-1252: a log can hold both, because the
 * program and the console that it runs in need not agree.
 */
export function decodeLine(bytes: Buffer, encoding: Encoding): string {
  return clean(encoding === 'utf16' ? bytes.toString('utf16le') : decodeBytes(bytes))
}

function decodeBytes(bytes: Buffer): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return windows.decode(bytes)
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal and NUL bytes are what is removed.
const noise = /\u001b\[[0-9;]*[A-Za-z]|[\u0000-\u0008\u000b-\u001f\ufeff]/g

/** Without what no person reads: a terminal's colours, NUL bytes of a truncated file, the carriage return. */
export function clean(line: string): string {
  // Most lines hold nothing of the kind, and to look is cheaper than to replace.
  for (let at = 0; at < line.length; at += 1) {
    const code = line.charCodeAt(at)
    if ((code < 32 && code !== 9) || code === 0xfeff) return line.replace(noise, '')
  }
  return line
}
