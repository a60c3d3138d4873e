// Packs the app into release/: what can be made on this machine. `--release` makes what clinics get.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { electronRuntime } from './electron-runtime.js'
import { makeDeb } from './package/deb.js'
import { debianVersion, refusal } from './package/runtime-choice.js'
import { bin, execute, root } from './process.js'
import { done, notice, run, SetupError, step } from './say.js'
import { fingerprint, setup, stamp, stamps } from './setup.js'

const release = join(root, 'release')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const wanted = JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8')).version

/** What makes the package besides the build. */
const ours = ['package.json', 'package-lock.json', 'scripts/package.js', 'scripts/package']

/**
 * Where packages look for newer ones: a release on GitHub of the repository that makes them, or any https folder. A
 * package without one never looks.
 * @returns {readonly string[]} options for electron-builder
 */
function feed() {
  const { PODOSKIN_UPDATE_FEED: url, GITHUB_REPOSITORY: repository } = process.env
  if (url) return ['-c.publish.provider=generic', `-c.publish.url=${url}`]
  const [owner, repo] = repository?.split('/') ?? []
  if (owner && repo) return ['-c.publish.provider=github', `-c.publish.owner=${owner}`, `-c.publish.repo=${repo}`]
  return []
}

/** @param {string} what @param {readonly string[]} args */
async function build(what, args) {
  step(`${what}: electron-builder ${args.join(' ')}`)
  const { code, output } = await bin('electron-builder/cli.js', [...args, '--publish', 'never'], { quiet: true })
  if (code !== 0)
    throw new SetupError(`electron-builder failed.\n${output}`, 'Correct the error above and run this again.')
  done(what)
}

await run(async () => {
  const { values } = parseArgs({
    options: {
      release: { type: 'boolean', default: false },
      'stand-in': { type: 'boolean', default: false },
      'if-needed': { type: 'boolean', default: false },
    },
  })
  const standIn = values['stand-in'] || process.env.PODOSKIN_STAND_IN === '1'
  await setup('run')
  const runtime = await electronRuntime({ log: step })
  const refused = refusal(runtime, wanted, { release: values.release, standIn })
  if (refused) throw new SetupError(refused.what, refused.todo)

  const sources = fingerprint(['out/main', 'out/preload', 'out/renderer', 'build', 'electron-builder.yml', ...ours])
  const program = join(release, 'linux-unpacked', manifest.name)
  if (values['if-needed'] && stamps().package === sources && existsSync(program)) {
    done('Package: up to date')
    return
  }
  rmSync(release, { recursive: true, force: true })
  const dist =
    runtime.kind === 'stand-in'
      ? [`-c.electronDist=${runtime.folder}`, `-c.electronVersion=${runtime.version}`]
      : [`-c.electronVersion=${runtime.version}`]
  if (runtime.kind === 'stand-in') {
    notice(`This package runs on the stand-in Electron ${runtime.version}: for trying it out, not for a clinic.`)
  }
  if (process.platform === 'win32') return build('release: NSIS installer', ['--win', ...dist, ...feed()])
  if (process.platform === 'darwin') return build('release: dmg and zip', ['--mac', ...dist, ...feed()])

  await build('release/linux-unpacked', ['--linux', '--dir', ...dist, ...feed()])
  const unpacked = join(release, 'linux-unpacked')
  if ((await execute('dpkg-deb', ['--version'], { quiet: true })).code === 0) {
    step('release: Debian package')
    const file = await makeDeb({
      source: unpacked,
      icons: join(root, 'build', 'icons'),
      destination: release,
      name: manifest.name,
      productName: manifest.productName,
      version: debianVersion(manifest.version, runtime),
      description: 'administración de la clínica',
      compression: values.release ? 'small' : 'fast',
    })
    done(file.replace(`${root}/`, ''))
  } else notice('No .deb: this system has no dpkg-deb.')
  // Its own runtime program is on GitHub only.
  if (runtime.kind === 'official' && values.release) {
    await build('release: AppImage', ['--linux', 'AppImage', '--prepackaged', unpacked, ...feed()])
  } else notice('No AppImage: its runtime program can only be downloaded from GitHub, for a release.')
  if (!existsSync(program)) throw new Error('the unpacked app has no program')
  stamp('package', sources)
})
