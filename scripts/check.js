import { bin } from './process.js'

/** @param {string} program @param {readonly string[]} args */
const quiet = (program, ...args) => bin(program, args, { quiet: true })

/**
 * What must hold of the sources before a commit. None needs another.
 * @type {readonly { title: string, run: () => Promise<{ code: number, output: string }> }[]}
 */
export const checks = [
  {
    title: 'format, lint and import boundaries',
    run: () => quiet('@biomejs/biome/bin/biome', 'ci', '--colors=off', '--error-on-warnings', '.'),
  },
  { title: 'types of main, scripts and tests', run: () => quiet('typescript/bin/tsc', '-p', 'tsconfig.node.json') },
  { title: 'types of the page', run: () => quiet('typescript/bin/tsc', '-p', 'tsconfig.web.json') },
  { title: 'no unused file, export or dependency', run: () => quiet('knip/bin/knip.js', '--no-progress') },
]
