import { randomBytes, scrypt } from 'node:crypto'
import { chacha20poly1305 } from '@noble/ciphers/chacha.js'
import { type Identity, type Recipient, Stanza } from 'age-encryption'
import { AppError } from '#shared/errors.ts'

/**
 * 2^17 rounds with r = 8 take 128 MiB for half a second: the cost that OWASP asks for, and less than the memory that the
 * whole backup may use. age's own default, 2^18, would need twice that.
 */
const workFactor = 17
/** What a foreign file may cost us: 2^20 take 1 GiB, as in age itself. */
const workLimit = 20
const label = Buffer.from('age-encryption.org/v1/scrypt')
const noNonce = new Uint8Array(12)

/** The shortest passphrase that encrypts, in characters. */
export const passphraseMinimum = 12

/** What the key of a passphrase is made of; `factor` is the power of two of the rounds. */
export interface Derivation {
  readonly passphrase: string
  readonly salt: Uint8Array
  readonly factor: number
}

/** Makes that key, 32 bytes: here, or in a process of its own whose memory ends with it. */
export type Derive = (derivation: Derivation) => Promise<Uint8Array>

/** By Node's own scrypt, which runs in the thread pool: age-encryption's would block the window. */
export const deriveHere: Derive = ({ passphrase, salt, factor }) => {
  const options = { N: 2 ** factor, r: 8, p: 1, maxmem: 2 ** (factor + 10) + 2 ** 20 }
  return new Promise((resolve, reject) => {
    // The same letters can be typed in two ways; age takes bytes.
    scrypt(passphrase.normalize('NFC'), Buffer.concat([label, salt]), 32, options, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}

/** A passphrase's key for one new file, in the making. */
export interface BegunKey {
  readonly salt: Buffer
  readonly key: Promise<Uint8Array>
}

/** Begins to make the key of one new file. Whoever awaits it hears of a failure; until then nobody does. */
export function beginKey(passphrase: string, derive: Derive = deriveHere): BegunKey {
  const salt = randomBytes(16)
  const key = derive({ passphrase, salt, factor: workFactor })
  key.catch(() => {})
  return { salt, key }
}

/** Wraps a file's key with a passphrase's, as age's scrypt recipient does. */
export function passphraseRecipient({ salt, key }: BegunKey): Recipient {
  return {
    async wrapFileKey(fileKey) {
      const body = chacha20poly1305(await key, noNonce).encrypt(fileKey)
      return [new Stanza(['scrypt', unpadded(salt), String(workFactor)], body)]
    },
  }
}

const unpadded = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')

/** Opens what a passphrase wrapped. Throws `BACKUP_TOO_LARGE` for a cost that no backup of ours has. */
export function passphraseIdentity(passphrase: string, derive: Derive): Identity {
  return {
    async unwrapFileKey(stanzas) {
      const [stanza, ...others] = stanzas
      if (stanza?.args[0] !== 'scrypt') return null
      const [, salted = '', factor = ''] = stanza.args
      const salt = Buffer.from(salted, 'base64')
      const wellFormed = stanza.args.length === 3 && salt.length === 16 && unpadded(salt) === salted
      if (others.length > 0 || !wellFormed || !/^[1-9]\d?$/.test(factor) || stanza.body.length !== 32) {
        throw new AppError('BACKUP_DAMAGED', { where: 'header' })
      }
      if (Number(factor) > workLimit) throw new AppError('BACKUP_TOO_LARGE', { where: 'header' })
      return open(stanza.body, await derive({ passphrase, salt, factor: Number(factor) }))
    },
  }
}

function open(body: Uint8Array, key: Uint8Array): Uint8Array | null {
  try {
    return chacha20poly1305(key, noNonce).decrypt(body)
  } catch {
    return null
  }
}
