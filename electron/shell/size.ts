/**
 * Whether a value that crossed the bridge weighs more than `limit` (about its bytes). Walks without recursion
 * and visits nothing twice, so neither depth nor cycles can hurt; stops as soon as the answer is known.
 */
export function exceeds(value: unknown, limit: number): boolean {
  const pending: unknown[] = [value]
  const seen = new Set<object>()
  let weight = 0
  while (pending.length > 0) {
    const next = pending.pop()
    weight += 8
    if (typeof next === 'string') weight += next.length
    else if (typeof next === 'bigint') weight += next.toString(16).length
    else if (typeof next === 'object' && next !== null && !seen.has(next)) {
      seen.add(next)
      if (next instanceof ArrayBuffer || ArrayBuffer.isView(next)) weight += next.byteLength
      else weight += spread(parts(next), pending, limit - weight)
    }
    if (weight > limit) return true
  }
  return false
}

function parts(value: object): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (value instanceof Map) return [...value.keys(), ...value.values()]
  if (value instanceof Set) return [...value]
  return [...Object.keys(value), ...Object.values(value)]
}

/** A list longer than what is left need not be looked at; a sparse one counts by its length. */
function spread(list: readonly unknown[], pending: unknown[], left: number): number {
  if (list.length * 8 > left) return list.length * 8
  for (const item of list) pending.push(item)
  return 0
}
