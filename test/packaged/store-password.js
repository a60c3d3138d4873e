/** Puts the database's password where the app looks for it, and sees that it can be had again. */
import keytar from 'keytar'

const { account, password } = JSON.parse(process.env.PODOSKIN_KEYRING ?? '{}')
await keytar.setPassword('PodoSkin Admin', account, password)
process.exit((await keytar.getPassword('PodoSkin Admin', account)) === password ? 0 : 1)
