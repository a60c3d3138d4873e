/** Groups in the order met; `Map.groupBy` is not in Node 20. */
export function group<K, V>(values: readonly V[], keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>()
  for (const value of values) {
    const key = keyOf(value)
    const found = groups.get(key)
    if (found) found.push(value)
    else groups.set(key, [value])
  }
  return groups
}
