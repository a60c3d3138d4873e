/**
 * Why a package must not be made with an Electron, null when it may. The stand-in is years old: its Chromium has known
 * holes, and a clinic would get them with the program.
 * @param {{ kind: 'official' | 'stand-in', version: string }} runtime
 * @param {string} wanted the version that package.json resolves to
 * @param {{ release: boolean, standIn: boolean }} choice whether the package is meant for clinics, and whether somebody
 *   has said that the stand-in will do all the same
 * @returns {{ what: string, todo: string } | null}
 */
export function refusal(runtime, wanted, { release, standIn }) {
  const old = runtime.kind !== 'official' || runtime.version !== wanted
  if (!release || standIn || !old) return null
  return {
    what:
      `A release is not made with Electron ${runtime.version}: the app asks for ${wanted}. The stand-in runtime is for ` +
      'development and tests; its Chromium is years old, and its known holes would reach every clinic.',
    todo:
      'Run this where Electron can be downloaded (github.com, or a mirror in ELECTRON_MIRROR). To see what a release would ' +
      'look like: npm run package -- --release --stand-in',
  }
}

/**
 * The version of the Debian package: a trial with the stand-in sorts before the release that it stands in for, so that
 * the release replaces it.
 * @param {string} version of the app
 * @param {{ kind: 'official' | 'stand-in', version: string }} runtime
 */
export const debianVersion = (version, runtime) =>
  runtime.kind === 'official' ? version.replace('-', '~') : `${version.replace('-', '~')}~standin${runtime.version}`
