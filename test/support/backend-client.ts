import { staff } from '#scripts/clinic/staff.js'
import type { TestBackend } from './backend.ts'

const [doctor] = staff

/** Logs in at the backend as the clinic's first user; returns the bearer token, good for half an hour. */
export async function backendToken({ url }: Pick<TestBackend, 'url'>): Promise<string> {
  const answer = await fetch(`${url}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: doctor?.user, password: doctor?.password }),
  })
  if (!answer.ok) throw new Error(`the backend refused the login: ${answer.status}`)
  return ((await answer.json()) as { access_token: string }).access_token
}

/** Asks the backend for its dashboard, to the last byte; returns the status. */
export async function loadDashboard({ url }: Pick<TestBackend, 'url'>, token: string): Promise<number> {
  const answer = await fetch(`${url}/stats/dashboard`, { headers: { authorization: `Bearer ${token}` } })
  await answer.arrayBuffer()
  return answer.status
}
