/** One problem by its place. */
export interface ProblemPlace {
  readonly entry: number
  /** Where its first byte stands, counted over everything that was read. */
  readonly position: number
  readonly group: number
  readonly serious: boolean
}

/** Where entries begin: each 512th of them, and every problem, in flat memory. */
export interface EntryIndex {
  /** The entry that comes next. */
  next(): number
  /** Entries before this one can no longer be shown. */
  first(): number
  /** An entry begins at `position`; returns its number. */
  add(position: number): number
  /** How many entries may still be skipped before one must be marked; 0 when the next one must. */
  untilMark(): number
  /** Marks where the next entry begins. */
  mark(position: number): void
  /** As many entries that need no mark; the last of them begins at `position`. */
  skip(entries: number, position: number): void
  addProblem(problem: ProblemPlace): void
  /** The last problem turned out to belong to another group. */
  changeLast(group: number): void
  /** The nearest known beginning at or before an entry. */
  before(entry: number): { readonly entry: number; readonly position: number }
  /** Known beginnings from the one at or before an entry, with where each stretch ends. */
  stretch(entry: number): { readonly entry: number; readonly position: number; readonly end: number }
  /** What stood before `position` is gone. */
  forget(position: number): void
  problems(): number
  problem(at: number): ProblemPlace | null
  /** Where in the list of problems the first with at least this entry number stands. */
  problemAt(entry: number): number
}

export const stride = 512
/** A leaking backend writes millions: the last ones are kept for the list, all of them are counted. */
export const problemsKept = 200_000

/** An empty index. */
export function createEntryIndex(): EntryIndex {
  let marks: number[] = []
  /** Entry number of the first mark. */
  let marked = 0
  let next = 0
  let first = 0
  let head = 0
  const ring = {
    entry: new Float64Array(problemsKept),
    position: new Float64Array(problemsKept),
    group: new Uint16Array(problemsKept),
    serious: new Uint8Array(problemsKept),
  }
  /** Problems ever added, and how many of them were forgotten or overwritten. */
  let added = 0
  let lost = 0

  const slot = (at: number) => (lost + at) % problemsKept
  const markOf = (entry: number) => Math.min(marks.length - 1, Math.max(0, Math.floor((entry - marked) / stride)))

  function untilMark(): number {
    // `next` itself may have been marked already.
    const due = marks.length === 0 ? next : marked + marks.length * stride
    return due - next
  }

  function markNext(position: number): void {
    if (marks.length === 0) marked = next - (next % stride)
    marks.push(position)
  }

  function problem(at: number): ProblemPlace | null {
    if (at < 0 || at >= added - lost) return null
    const index = slot(at)
    return {
      entry: ring.entry[index] ?? 0,
      position: ring.position[index] ?? 0,
      group: ring.group[index] ?? 0,
      serious: ring.serious[index] === 1,
    }
  }

  return {
    next: () => next,
    first: () => first,
    add(position) {
      if (untilMark() === 0) markNext(position)
      head = position
      next += 1
      return next - 1
    },
    untilMark,
    mark: markNext,
    skip(entries, position) {
      if (entries === 0) return
      head = position
      next += entries
    },
    addProblem({ entry, position, group, serious }) {
      const index = added % problemsKept
      ring.entry[index] = entry
      ring.position[index] = position
      ring.group[index] = group
      ring.serious[index] = serious ? 1 : 0
      added += 1
      lost = Math.max(lost, added - problemsKept)
    },
    changeLast(group) {
      if (added > lost) ring.group[(added - 1) % problemsKept] = group
    },
    before(entry) {
      const at = markOf(entry)
      return { entry: Math.max(first, marked + at * stride), position: marks[at] ?? 0 }
    },
    stretch(entry) {
      const at = markOf(entry)
      return {
        entry: Math.max(first, marked + at * stride),
        position: marks[at] ?? 0,
        end: marks[at + 1] ?? Number.POSITIVE_INFINITY,
      }
    },
    forget(position) {
      if (position > head) {
        marks = []
        first = next
        lost = added
        return
      }
      let gone = 0
      while (gone < marks.length && (marks[gone] ?? 0) < position) gone += 1
      if (gone === 0) return
      marks = marks.slice(gone)
      marked += gone * stride
      first = marks.length === 0 ? next : marked
      while (added > lost && (ring.entry[lost % problemsKept] ?? 0) < first) lost += 1
    },
    problems: () => added - lost,
    problem,
    problemAt(entry) {
      let low = 0
      let high = added - lost
      while (low < high) {
        const middle = (low + high) >> 1
        if ((problem(middle)?.entry ?? 0) < entry) low = middle + 1
        else high = middle
      }
      return low
    },
  }
}
