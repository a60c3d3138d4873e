import { type PoolSource, poolsIn } from './pool-sizes.ts'
import type { SourceFile } from './source-files.ts'

export interface PlacedPool extends PoolSource {
  /** Path inside the folder. */
  readonly path: string
}

/** Every pool that the backend's own files build, in tests and scripts too. */
export function poolsOf(files: readonly SourceFile[], variables: Readonly<Record<string, string>> = {}): PlacedPool[] {
  return files.flatMap(({ path, text }) => poolsIn(text, variables).map((pool) => ({ ...pool, path })))
}

/** The driver of the backend's pool; null when its sources build none, or of both kinds. */
export function driverOf(pools: readonly PoolSource[]): PoolSource['driver'] | null {
  const drivers = new Set(pools.map(({ driver }) => driver))
  const [only] = drivers
  return drivers.size === 1 && only !== undefined ? only : null
}
