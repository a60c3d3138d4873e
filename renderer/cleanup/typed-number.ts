/** A whole number as people type it, with or without separators; null for anything else. */
export function typedNumber(text: string): number | null {
  const digits = text.trim().replace(/(?<=\d)[\s,.'](?=\d{3}(\D|$))/g, '')
  return /^\d{1,10}$/.test(digits) ? Number(digits) : null
}
