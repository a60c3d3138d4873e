import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '#scripts/process.js'

/**
 * A copy of the unpacked package in which Playwright can drive the app: the one fuse that it needs is flipped, all the
 * rest is the package. Where the fuse is flipped the app also takes the folder and the clinic that the tests bring.
 * @returns {Promise<string>} the program
 */
export async function packagedCopy() {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  const copy = join(root, '.cache', 'packaged-test')
  rmSync(copy, { recursive: true, force: true })
  cpSync(join(root, 'release', 'linux-unpacked'), copy, { recursive: true })
  const program = join(copy, 'podoskin-admin')
  await flipFuses(program, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
  return program
}
