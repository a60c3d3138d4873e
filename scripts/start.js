import process from 'node:process'
import { hasDisplay } from './display.js'
import { run, SetupError } from './say.js'
import { setup } from './setup.js'

await run(async () => {
  if (!hasDisplay()) {
    throw new SetupError(
      'There is no display to open a window on.',
      'Run this in a desktop session, or try: npm run demo',
    )
  }
  await setup('run')
  const { openApplication } = await import('./application.js')
  process.exitCode = await openApplication()
})
