import type { Log } from '#electron/log.ts'
import type { UnlockChoice } from '#shared/cleanup-backup.ts'
import type { RunInput } from '#shared/cleanup-run.ts'
import { type Derive, deriveHere } from './backup/key.ts'
import type { Protection, Unlock } from './backup/types.ts'

/**
 * What a person chose for a backup as the backup wants it. The key of a passphrase is made by `deriveAside`, in a process
 * of its own; one that cannot start must not be what keeps a clinic from its backup: then it is made here.
 */
export function createProtection(deriveAside: Derive, log: Log) {
  const derive: Derive = (derivation) =>
    deriveAside(derivation).catch(() => {
      log.warn('cleanup.keyNotAside')
      return deriveHere(derivation)
    })
  return {
    protect: (choice: RunInput['protection']): Protection =>
      choice.kind === 'passphrase' ? { kind: 'passphrase', passphrase: choice.passphrase, derive } : choice,
    unlock(choice: UnlockChoice): Unlock {
      if (choice.kind === 'passphrase') return { passphrase: choice.passphrase, derive }
      return choice.kind === 'identity' ? { identity: choice.identity } : null
    },
  }
}
