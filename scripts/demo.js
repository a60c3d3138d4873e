import process from 'node:process'
import { parseArgs } from 'node:util'
import { hasDisplay } from './display.js'
import { notice, run, SetupError, step } from './say.js'
import { setup } from './setup.js'

/** @param {string | undefined} text */
function appointments(text) {
  const count = Number(text ?? 12_000)
  if (Number.isInteger(count) && count >= 100 && count <= 10_000_000) return count
  throw new SetupError(`"${text}" is not a number of appointments.`, 'Give a whole number from 100 to 10000000.')
}

await run(async () => {
  const { values } = parseArgs({ options: { appointments: { type: 'string' } } })
  const count = appointments(values.appointments)
  await setup('run')
  const { withDemoClinic } = await import('./demo-clinic.js')
  await withDemoClinic(count, async (demo) => {
    if (!hasDisplay()) {
      notice('There is no display here: the same app runs in a virtual one and makes the tour.')
      const { tour } = await import('./tour.js')
      await tour(demo)
      return
    }
    step('The window is open; this ends when it is closed.')
    const { openApplication } = await import('./application.js')
    process.exitCode = await openApplication({ PODOSKIN_DEMO: demo.file })
  })
})
