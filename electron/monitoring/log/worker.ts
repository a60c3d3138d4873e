import { parentPort } from 'node:worker_threads'
import { createHost, type Question } from './host.ts'

/** What crosses to the thread, and back. */
export interface Asked {
  readonly id: number
  readonly question: Question
}

const port = parentPort
if (port) {
  const host = createHost((state) => port.postMessage({ state }))
  port.on('message', ({ id, question }: Asked) => {
    void host.answer(question).then(
      (value) => port.postMessage({ id, value }),
      () => port.postMessage({ id, failed: true }),
    )
  })
}
