/** @param {readonly number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = Number.NaN, high = Number.NaN] = [sorted[middle - 1], sorted[middle]]
  return sorted.length % 2 === 1 ? high : (low + high) / 2
}

/** @param {() => Promise<unknown>} work @returns {Promise<number>} milliseconds */
export async function time(work) {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/**
 * Runs several ways in turn, A B C A B C, so that a machine that slows down slows all of them.
 * @template {string} Name
 * @param {Record<Name, () => Promise<number>>} ways each returns what it measured
 * @param {{ rounds: number, warmUp?: number }} options
 * @returns {Promise<Record<Name, number>>} the median of each
 */
export async function interleaved(ways, { rounds, warmUp = 0 }) {
  const entries = /** @type {[Name, () => Promise<number>][]} */ (Object.entries(ways))
  /** @type {Map<Name, number[]>} */
  const measured = new Map(entries.map(([name]) => [name, []]))
  for (let round = -warmUp; round < rounds; round++) {
    for (const [name, way] of entries) {
      const value = await way()
      if (round >= 0) measured.get(name)?.push(value)
    }
  }
  return /** @type {Record<Name, number>} */ (
    Object.fromEntries(entries.map(([name]) => [name, median(measured.get(name) ?? [])]))
  )
}
