import type { BackendPlace, BackendSettings } from '#shared/deployment.ts'

/** Asks a person for a folder of the backend in the system's dialog. */
export type ChooseBackendPlace = (place: BackendPlace) => Promise<string | null>

/** What a chosen, or a forgotten, place changes in the settings of the backend. */
export const backendPlaces: Readonly<
  Record<BackendPlace, { chosen(path: string): Partial<BackendSettings>; readonly forgotten: Partial<BackendSettings> }>
> = {
  folder: { chosen: (folder) => ({ folder }), forgotten: { folder: null } },
  venv: { chosen: (venv) => ({ venv }), forgotten: { venv: null } },
}
