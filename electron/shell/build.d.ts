/** The major version of Electron that package.json asks for, written in by the build. */
declare const __ELECTRON_MAJOR__: number
