import { readdirSync, readFileSync } from 'node:fs'

/** Every process that descends from one, itself included. */
export function family(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        return [[Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])] as const]
      } catch {
        // It ended meanwhile.
        return []
      }
    })
  const found = [pid]
  for (let at = 0; at < found.length; at += 1) {
    found.push(...parents.filter(([, parent]) => parent === found[at]).map(([one]) => one))
  }
  return found
}
