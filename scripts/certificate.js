import { readFile } from 'node:fs/promises'
import process from 'node:process'
import { checkCertificate } from './certificate/check.js'
import { done, notice, run, SetupError } from './say.js'

await run(async () => {
  const [file] = process.argv.slice(2)
  if (file === undefined) {
    throw new SetupError(
      'Which certificate?',
      'Give the JSON file that the app saved: npm run certificate -- file.json',
    )
  }
  const content = await readFile(file).catch(() => {
    throw new SetupError(`${file} cannot be read.`, 'Look at the name and whether you may open it.')
  })
  const { intact, code, stated, ready } = checkCertificate(content)
  if (!intact) {
    console.log(
      `This file is NOT as it was issued. It states ${stated ?? 'no code'}; its content gives ${code ?? 'none'}.`,
    )
    process.exitCode = 1
    return
  }
  done(`The certificate is as it was issued. Its code: ${code}`)
  if (ready) done('It certifies that the database is ready for production.')
  else notice('It certifies that the database is NOT ready for production; it says what is missing.')
})
