import type { TestProject } from 'vitest/node'
import { createTemplate, type SharedServer } from './clinic.ts'
import { ownServer } from './servers.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    server: SharedServer
  }
}

/** One PostgreSQL 18 for all integration files, with a filled clinic to copy from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await ownServer()
  const { host, port, user, password } = server
  await createTemplate({ host, port, user, password })
  project.provide('server', { host, port, user, password })
  return () => server.remove()
}
