import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { AppError } from '#shared/errors.ts'
import { beginKey, deriveHere, passphraseIdentity, passphraseMinimum, passphraseRecipient } from './key.ts'
import type { Protection, Unlock } from './types.ts'

type Bytes = ReadableStream<Uint8Array>

/** A new pair of age keys: the public one encrypts backups, the secret one alone opens them. */
export async function createKeyPair(): Promise<{ readonly recipient: string; readonly identity: string }> {
  const identity = await generateX25519Identity()
  return { recipient: await identityToRecipient(identity), identity }
}

/**
 * The same protection with its passphrase's key already in the making, for one backup only: made before the locks are
 * held, it costs nobody half a second under them.
 */
export function prepared(protection: Protection): Protection {
  if (protection.kind !== 'passphrase') return protection
  return { ...protection, begun: beginKey(protection.passphrase, protection.derive) }
}

/**
 * Encrypts a stream with age; also answers what opens this one file again. Throws `BACKUP_KEY_INVALID` for a passphrase
 * under twelve characters or what is no public key.
 */
export async function encrypt(plain: Bytes, protection: Protection): Promise<{ sealed: Bytes; unlock: Unlock }> {
  if (protection.kind === 'none') return { sealed: plain, unlock: null }
  const encrypter = new Encrypter()
  let fileKey: Uint8Array | null = null
  const keep = (key: Uint8Array) => {
    fileKey = key.slice()
  }
  if (protection.kind === 'passphrase') {
    if ([...protection.passphrase.normalize('NFC')].length < passphraseMinimum) throw new AppError('BACKUP_KEY_INVALID')
    const recipient = passphraseRecipient(protection.begun ?? beginKey(protection.passphrase, protection.derive))
    encrypter.addRecipient({
      wrapFileKey(key) {
        keep(key)
        return recipient.wrapFileKey(key)
      },
    })
  } else {
    addKey(() => encrypter.addRecipient(protection.recipient), /^age1[02-9ac-hj-np-z]{58}$/, protection.recipient)
    // A recipient that leaves no trace in the file.
    encrypter.addRecipient({
      wrapFileKey(key) {
        keep(key)
        return []
      },
    })
  }
  const sealed = await encrypter.encrypt(plain)
  return { sealed, unlock: fileKey === null ? null : { fileKey } }
}

/** Of other kinds of age keys, which Debian's age cannot read, none is taken. */
function addKey(add: () => void, pattern: RegExp, key: string): void {
  if (!pattern.test(key)) throw new AppError('BACKUP_KEY_INVALID')
  try {
    add()
  } catch {
    throw new AppError('BACKUP_KEY_INVALID')
  }
}

/**
 * Decrypts a stream; also answers what opens the same file again, without deriving a passphrase's key a second time.
 * Throws `BACKUP_KEY_INVALID`, `BACKUP_WRONG_KEY`, `BACKUP_DAMAGED`, `BACKUP_TOO_LARGE`.
 */
export async function decrypt(sealed: Bytes, unlock: NonNullable<Unlock>): Promise<{ plain: Bytes; unlock: Unlock }> {
  const decrypter = new Decrypter()
  let again = unlock
  if ('passphrase' in unlock) {
    const identity = passphraseIdentity(unlock.passphrase, unlock.derive ?? deriveHere)
    decrypter.addIdentity({
      async unwrapFileKey(stanzas) {
        const fileKey = await identity.unwrapFileKey(stanzas)
        if (fileKey !== null) again = { fileKey: fileKey.slice() }
        return fileKey
      },
    })
  } else if ('fileKey' in unlock) decrypter.addIdentity({ unwrapFileKey: () => unlock.fileKey.slice() })
  else {
    // A key file of age-keygen has comments around the key.
    const secret = /^AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}$/m.exec(unlock.identity.replaceAll('\r', ''))?.[0] ?? ''
    addKey(() => decrypter.addIdentity(secret), /^AGE-SECRET-KEY-1/, secret)
  }
  try {
    const plain = await decrypter.decrypt(sealed)
    return { plain, unlock: again }
  } catch (error) {
    if (error instanceof AppError) throw error
    // The library tells this apart by its words only.
    const wrong = error instanceof Error && error.message.startsWith('no identity matched')
    throw new AppError(wrong ? 'BACKUP_WRONG_KEY' : 'BACKUP_DAMAGED', { where: 'header' }, { cause: error })
  }
}
