// A process of its own: makes the key of one passphrase, and its 128 MiB go with it.
import { type Derivation, deriveHere } from './key.ts'

process.parentPort.once('message', ({ data }: { readonly data: Derivation }) => {
  void deriveHere(data).then((key) => process.parentPort.postMessage(key))
})
