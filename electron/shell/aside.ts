import { utilityProcess } from 'electron'

/** Milliseconds after which nobody waits for an answer any more: what is asked takes a second or two. */
const patience = 60_000

/**
 * Puts one question to a program of ours in a process of its own, and ends that process with its answer: what it took
 * of memory is gone with it. `file` is a bundle that listens on `process.parentPort`; `name` is what the system's list
 * of processes shows. Question and answer go through memory only. Rejects when the process
 * ends without an answer, or gives none within a minute.
 */
export function askAside<Answer>(file: string, name: string, question: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = utilityProcess.fork(file, [], { serviceName: name, stdio: 'ignore' })
    const timer = setTimeout(() => child.kill(), patience)
    child.once('message', (answer: Answer) => {
      resolve(answer)
      child.kill()
    })
    child.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`the process ended with ${code} and without an answer`))
    })
    child.postMessage(question)
  })
}
