import { type BackendPlace, type BackendSettings, noBackend } from '#shared/deployment.ts'

/** Asks a person for a folder or file of the backend in the system's dialog. */
export type ChooseBackendPlace = (place: BackendPlace) => Promise<string | null>

/** What a chosen, or a forgotten, place changes in the settings of the backend. */
export const backendPlaces: Readonly<
  Record<BackendPlace, { chosen(path: string): Partial<BackendSettings>; readonly forgotten: Partial<BackendSettings> }>
> = {
  folder: { chosen: (folder) => ({ folder }), forgotten: { folder: null } },
  venv: { chosen: (venv) => ({ venv }), forgotten: { venv: null } },
  logFile: { chosen: (path) => ({ log: { kind: 'file', path } }), forgotten: { log: noBackend.log } },
  composeFolder: {
    // The guide's own name of the service, until somebody types another.
    chosen: (folder) => ({ log: { kind: 'compose', folder, service: 'backend' } }),
    forgotten: { log: noBackend.log },
  },
}
