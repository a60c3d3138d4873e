import { resolve } from 'node:path'
import { backupEnding } from '#shared/cleanup-backup.ts'

/**
 * The file that a start of the program was asked to open: the last of its arguments that is called like a backup, whole.
 * Null when there is none. Nothing is looked at on the disk. `folder` is where the start stood.
 */
export function fileArgument(words: readonly string[], folder: string): string | null {
  const found = words.findLast((word) => !word.startsWith('-') && word.toLowerCase().endsWith(backupEnding))
  // A NUL would end the path early in every call of the system.
  return found === undefined || found.includes('\0') ? null : resolve(folder, found)
}
