import { shiftsOf } from './calendar.js'
import { weighted } from './random.js'
import { longServices, services, shortServices } from './services.js'

/** @typedef {import('./plan.js').Plan} Plan */

const SLOT = 30
/** Of a day's slots, how many the busiest day fills. */
const FULL = 0.88
/** Half hours an appointment takes on average. */
const SLOTS_EACH = 1.34

/** @typedef {'Pendiente' | 'Confirmada' | 'En_Curso' | 'Completada' | 'Cancelada' | 'No_Asistio'} AppointmentState */

/**
 * One appointment; the generator hands out the same object again and again.
 * @typedef {{ id: number, patient: number, first: boolean, podiatrist: number, day: number, start: number, end: number,
 *   state: AppointmentState, service: number, extra: number, discount: number, detail: number }} Appointment
 * `service` and `extra` are positions in `services`, `extra` -1 when there is none; `discount` is per cent; `detail` is
 * the id of its first row in `detalle_cita`, counted from where the generator began.
 */

/** @param {number} day */
const slotsOf = (day) => shiftsOf(day).reduce((sum, [from, to]) => sum + (to - from) / SLOT, 0)

/**
 * How many podiatrists a day with so many appointments needs.
 * @param {number} day
 * @param {number} count
 */
export const podiatristsFor = (day, count) => Math.ceil((count * SLOTS_EACH) / (slotsOf(day) * FULL))

const serviceWeights = (/** @type {readonly number[]} */ list) =>
  weighted(list.map((index) => /** @type {const} */ ([index, services[index]?.weight ?? 0])))
const drawShort = serviceWeights(shortServices)
const drawLong = serviceWeights(longServices)
const drawExtra = weighted([
  [1, 5],
  [4, 3],
  [12, 3],
  [13, 2],
  [15, 1],
])

/**
 * Every appointment in order of time, with no two of one podiatrist over each other.
 * @param {Plan} plan
 * @param {number} [from] a day to begin at
 * @returns {Generator<Appointment, void>}
 */
export function* appointments(plan, from = plan.start) {
  const dayRandom = plan.random('agenda')
  const random = plan.random('appointment')
  /** @type {Appointment} */
  const appointment = {
    ...{ id: 0, patient: 0, first: false, podiatrist: 0, day: 0, start: 0, end: 0 },
    ...{ state: 'Pendiente', service: 0, extra: -1, discount: 0, detail: 0 },
  }
  /** @type {Set<number>} */
  const seen = new Set()
  let nextDetail = 1
  for (let offset = Math.max(0, from - plan.start); offset < plan.length; offset++) {
    const first = plan.before[offset] ?? 0
    const count = (plan.before[offset + 1] ?? 0) - first
    if (count === 0) continue
    const day = plan.start + offset
    const agenda = layOut(day, count, plan.podiatrists, dayRandom.at(offset))
    seen.clear()
    for (let i = 0; i < count; i++) {
      const index = first + i
      const place = /** @type {Place} */ (agenda[i])
      random.at(index)
      const known = plan.known(index)
      appointment.first = plan.known(index + 1) > known
      let patient = known
      for (let attempt = 0; !appointment.first && attempt < 8; attempt++) {
        // the recent come more often, the loyal keep coming
        patient = known - 1 - Math.floor(known * random.next() ** 1.6)
        if (!seen.has(patient)) break
      }
      seen.add(patient)
      appointment.id = index + 1
      appointment.patient = patient + 1
      appointment.podiatrist = place.podiatrist
      appointment.day = day
      appointment.start = place.start
      appointment.end = place.start + place.slots * SLOT
      if (place.slots === 2) appointment.service = drawLong(random)
      else appointment.service = appointment.first && random.chance(0.75) ? 0 : drawShort(random)
      appointment.extra = random.chance(0.14) ? drawExtra(random) : -1
      if (appointment.extra === appointment.service) appointment.extra = -1
      appointment.discount = random.chance(0.09) ? random.pick([5, 10, 10, 15, 20]) : 0
      appointment.state = stateOf(plan, appointment, random.next())
      appointment.detail = nextDetail
      nextDetail += appointment.extra < 0 ? 1 : 2
      yield appointment
    }
  }
}

/**
 * @param {Plan} plan
 * @param {Appointment} appointment
 * @param {number} chance
 * @returns {AppointmentState}
 */
function stateOf({ today, now }, { day, start, end }, chance) {
  const over = day < today || (day === today && end <= now)
  if (over) return chance < 0.06 ? 'No_Asistio' : chance < 0.145 ? 'Cancelada' : 'Completada'
  if (chance < 0.05) return 'Cancelada'
  if (day === today && start <= now) return 'En_Curso'
  return chance < 0.9 - 0.045 * (day - today) ? 'Confirmada' : 'Pendiente'
}

/** @typedef {{ podiatrist: number, start: number, slots: number }} Place */

/**
 * One day's agenda: appointments dealt over the podiatrists, each one's laid into the shifts with gaps between.
 * @param {number} day
 * @param {number} count
 * @param {number} podiatrists
 * @param {import('./random.js').Random} random
 * @returns {Place[]}
 */
export function layOut(day, count, podiatrists, random) {
  const shifts = shiftsOf(day)
  const capacity = slotsOf(day)
  const share = new Int32Array(podiatrists)
  const turn = Math.floor(random.next() * podiatrists)
  for (let i = 0; i < podiatrists; i++) {
    share[(i + turn) % podiatrists] = Math.floor(count / podiatrists) + (i < count % podiatrists ? 1 : 0)
  }
  for (let i = 0; i + 1 < podiatrists; i += 2) {
    const moved = Math.min(Math.floor(random.next() * 3), share[i + 1] ?? 0, capacity - 1 - (share[i] ?? 0))
    if (moved <= 0) continue
    share[i] = (share[i] ?? 0) + moved
    share[i + 1] = (share[i + 1] ?? 0) - moved
  }
  /** @type {Place[]} */
  const places = []
  for (let podiatrist = 1; podiatrist <= podiatrists; podiatrist++) {
    const own = share[podiatrist - 1] ?? 0
    let free = capacity - own
    const lengths = Array.from({ length: own }, () => {
      const long = free > 0 && random.chance(SLOTS_EACH - 1)
      if (long) free--
      return long ? 2 : 1
    })
    const gaps = new Int32Array(own + 1)
    while (free-- > 0) {
      const gap = Math.floor(random.next() * (own + 1))
      gaps[gap] = (gaps[gap] ?? 0) + 1
    }
    let slot = 0
    for (const [i, length] of lengths.entries()) {
      slot += gaps[i] ?? 0
      let inShift = slot
      let shift = 0
      for (const [from, to] of shifts) {
        if (inShift < (to - from) / SLOT) break
        inShift -= (to - from) / SLOT
        shift++
      }
      const [from, to] = shifts[shift] ?? shifts[0]
      const start = from + inShift * SLOT
      // nothing runs into the break at noon: the long one becomes short
      places.push({ podiatrist, start, slots: start + length * SLOT > to ? 1 : length })
      slot += length
    }
  }
  return places.sort((a, b) => a.start - b.start || a.podiatrist - b.podiatrist)
}
