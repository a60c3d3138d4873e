/**
 * Draws a filled shape with smooth edges in plain Node: enough for the app's mark, so that its icons need no
 * graphics program.
 * @typedef {readonly [x: number, y: number]} Point
 * @typedef {{ contains: (x: number, y: number) => boolean, colour: readonly [number, number, number] }} Shape
 */

/** Samples a pixel is cut into, along each side. */
const samples = 4
/** Straight pieces that stand for one curve. */
const pieces = 12

/**
 * The outline of an SVG path made of M, L, H, V, C, S, Z and their relative forms.
 * @param {string} path
 * @returns {Point[]}
 */
export function outline(path) {
  const words = path.match(/[a-zA-Z]|-?(?:\d+\.?\d*|\.\d+)/g) ?? []
  /** @type {Point[]} */
  const points = []
  let at = 0
  let command = ''
  let [x, y] = [0, 0]
  let [handleX, handleY] = [0, 0]
  const next = () => Number(words[at++])
  /** @param {Point} a @param {Point} b @param {Point} end */
  const curve = (a, b, end) => {
    for (let step = 1; step <= pieces; step += 1) {
      const t = step / pieces
      const u = 1 - t
      /** @param {0 | 1} axis @param {number} start */
      const value = (axis, start) =>
        u * u * u * start + 3 * u * u * t * a[axis] + 3 * u * t * t * b[axis] + t * t * t * end[axis]
      points.push([value(0, x), value(1, y)])
    }
    ;[handleX, handleY] = b
    ;[x, y] = end
  }
  while (at < words.length) {
    if (/[a-z]/i.test(words[at] ?? '')) command = words[at++] ?? ''
    const relative = command === command.toLowerCase()
    /** @returns {Point} */
    const point = () => {
      const [dx, dy] = [next(), next()]
      return relative ? [x + dx, y + dy] : [dx, dy]
    }
    const kind = command.toUpperCase()
    if (kind === 'Z') continue
    if (kind === 'C') curve(point(), point(), point())
    else if (kind === 'S') curve([2 * x - handleX, 2 * y - handleY], point(), point())
    else if (kind === 'M' || kind === 'L') [x, y] = point()
    else throw new Error(`The path command ${command} is not drawn here.`)
    if (kind !== 'C' && kind !== 'S') {
      ;[handleX, handleY] = [x, y]
      points.push([x, y])
    }
  }
  return points
}

/** Whether a point is inside of an outline (even-odd). @param {readonly Point[]} points */
export const polygon = (points) => {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  return (/** @type {number} */ x, /** @type {number} */ y) =>
    x >= left && x <= right && y >= top && y <= bottom && crosses(points, x, y)
}

/** @param {readonly Point[]} points @param {number} x @param {number} y */
function crosses(points, x, y) {
  let inside = false
  for (let i = 0, j = points.length - 1; i < points.length; j = i, i += 1) {
    const [ax, ay] = points[i] ?? [0, 0]
    const [bx, by] = points[j] ?? [0, 0]
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  }
  return inside
}

/** @param {number} cx @param {number} cy @param {number} r */
export const circle = (cx, cy, r) => (/** @type {number} */ x, /** @type {number} */ y) =>
  (x - cx) ** 2 + (y - cy) ** 2 <= r * r

/** A square from the origin with round corners. @param {number} size @param {number} r */
export const roundSquare = (size, r) => (/** @type {number} */ x, /** @type {number} */ y) => {
  if (x < 0 || y < 0 || x > size || y > size) return false
  const dx = Math.max(r - x, x - (size - r), 0)
  const dy = Math.max(r - y, y - (size - r), 0)
  return dx * dx + dy * dy <= r * r
}

/**
 * Paints shapes over each other, the last on top.
 * @param {readonly Shape[]} shapes
 * @param {{ size: number, view: number, inset?: number }} canvas `view` units fill `size` pixels, less the inset (a
 *   share of the whole) on each side
 * @returns {Buffer} RGBA, row by row
 */
export function paint(shapes, { size, view, inset = 0 }) {
  const pixels = Buffer.alloc(size * size * 4)
  const scale = view / (size * (1 - 2 * inset))
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      let [red, green, blue, covered] = [0, 0, 0, 0]
      for (let sample = 0; sample < samples * samples; sample += 1) {
        const x = (column + ((sample % samples) + 0.5) / samples - size * inset) * scale
        const y = (row + (Math.floor(sample / samples) + 0.5) / samples - size * inset) * scale
        const top = shapes.findLast((shape) => shape.contains(x, y))
        if (!top) continue
        covered += 1
        red += top.colour[0]
        green += top.colour[1]
        blue += top.colour[2]
      }
      if (covered === 0) continue
      const offset = (row * size + column) * 4
      pixels[offset] = Math.round(red / covered)
      pixels[offset + 1] = Math.round(green / covered)
      pixels[offset + 2] = Math.round(blue / covered)
      pixels[offset + 3] = Math.round((covered / (samples * samples)) * 255)
    }
  }
  return pixels
}
