import type { BackendSettings, DeploymentState, Evidence } from '#shared/deployment.ts'
import { AppError } from '#shared/errors.ts'
import type { SessionState } from '#shared/session.ts'
import { findEnvironment } from './python/environment.ts'
import { readPackages } from './python/packages.ts'

/** What the checklist knows of the backend, for whoever is logged in: each throws `NOT_LOGGED_IN` and `NOT_CONNECTED`. */
export interface BackendKnowledge {
  /** Installed packages and their versions; null where no environment of Python is found. */
  packages(): Promise<ReadonlyMap<string, string> | null>
  /** Where it answers; null when nobody has said. */
  url(): Promise<BackendSettings['url']>
  /** How each check stands, with what it measured. */
  checklist(): Promise<readonly { id: string; status: string; measured: readonly Evidence[] }[]>
}

/** Hands what the checklist knows to other features. */
export function createBackendKnowledge(
  session: { state(): SessionState },
  state: () => DeploymentState | Promise<DeploymentState>,
): BackendKnowledge {
  async function known(): Promise<DeploymentState> {
    if (session.state().status !== 'in') throw new AppError('NOT_LOGGED_IN')
    return state()
  }
  return {
    async packages() {
      const { folder, venv } = (await known()).backend
      const found = await findEnvironment(folder, venv)
      return found && readPackages(found.sites)
    },
    url: async () => (await known()).backend.url,
    checklist: async () =>
      (await known()).checks.map(({ id, status, result }) => ({ id, status, measured: result?.evidence ?? [] })),
  }
}
