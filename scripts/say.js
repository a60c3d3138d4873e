import process from 'node:process'

const colour = process.stdout.isTTY && !process.env.NO_COLOR
const paint = (/** @type {number} */ code, /** @type {string} */ text) =>
  colour ? `\u001b[${code}m${text}\u001b[0m` : text

/** A step that starts. @param {string} text */
export const step = (text) => console.log(`${paint(36, '›')} ${text}`)
/** A step that is done, or was done before. @param {string} text */
export const done = (text) => console.log(`${paint(32, '✓')} ${text}`)
/** Something a person should read, without stopping. @param {string} text */
export const notice = (text) => console.log(`${paint(33, '!')} ${text}`)

/** What went wrong and what to do now; the scripts end with it. */
export class SetupError extends Error {
  /**
   * @param {string} what what happened
   * @param {string} todo what to do now
   */
  constructor(what, todo) {
    super(what)
    this.todo = todo
  }
}

/**
 * Runs a script's main function; a failure says what happened and what to do, and sets the exit code.
 * @param {() => Promise<void>} main
 */
export async function run(main) {
  try {
    await main()
  } catch (error) {
    const known = error instanceof SetupError
    console.error(`${paint(31, '✗')} ${known ? error.message : error instanceof Error ? error.stack : String(error)}`)
    if (known) console.error(`  ${error.todo}`)
    process.exitCode = 1
  }
}
