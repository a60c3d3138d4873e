/**
 * Random numbers that depend on nothing but the seed and the place they are asked for: any row can be made again
 * without making the ones before it, so tables that belong together are written one after another with flat memory.
 */

/** @param {number} hash */
function mix(hash) {
  let h = hash | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** @param {string} text */
function hashText(text) {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return mix(h)
}

/** @typedef {ReturnType<typeof createRandom>} Random */

/**
 * @param {string | number} seed
 * @param {string} purpose keeps one table's numbers apart from another's
 */
export function createRandom(seed, purpose) {
  const base = hashText(`${seed}/${purpose}`)
  let state = base

  const random = {
    /**
     * Moves to the place of one row.
     * @param {number} index
     */
    at(index) {
      state = mix(base ^ Math.imul(index + 1, 0x9e3779b1)) ^ mix(index + base)
      return random
    },
    /** 0 ≤ x < 1 */
    next() {
      state = (state + 0x6d2b79f5) | 0
      let t = Math.imul(state ^ (state >>> 15), 1 | state)
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296
    },
    /** @param {number} probability */
    chance: (probability) => random.next() < probability,
    /**
     * A whole number from `from` to `to`, both included.
     * @param {number} from
     * @param {number} to
     */
    between: (from, to) => from + Math.floor(random.next() * (to - from + 1)),
    /**
     * @template T
     * @param {readonly T[]} list not empty
     * @returns {T}
     */
    pick: (list) => /** @type {T} */ (list[Math.floor(random.next() * list.length)]),
    /** @param {number} length */
    digits(length) {
      let text = ''
      while (text.length < length) text += Math.floor(random.next() * 10)
      return text
    },
    /** @param {number} length */
    hex(length) {
      let text = ''
      while (text.length < length) text += Math.floor(random.next() * 16).toString(16)
      return text
    },
  }
  return random
}

/**
 * A table from which values are drawn by weight.
 * @template T
 * @param {readonly (readonly [T, number])[]} weighted
 * @returns {(random: { next(): number }) => T}
 */
export function weighted(weighted) {
  const total = weighted.reduce((sum, [, weight]) => sum + weight, 0)
  return (random) => {
    let left = random.next() * total
    for (const [value, weight] of weighted) {
      left -= weight
      if (left < 0) return value
    }
    return /** @type {readonly [T, number]} */ (weighted[0])[0]
  }
}
