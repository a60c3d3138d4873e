import { parseArgs } from 'node:util'
import { run } from './say.js'
import { setup } from './setup.js'

await run(async () => {
  const { values } = parseArgs({ options: { keep: { type: 'boolean', default: false } } })
  await setup('run')
  const { withDemoClinic } = await import('./demo-clinic.js')
  const { keepScreenshots, tour } = await import('./tour.js')
  await withDemoClinic(12_000, tour)
  if (values.keep) keepScreenshots()
})
