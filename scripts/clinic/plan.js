import { dayNumber, demand, shiftsOf, timeText } from './calendar.js'
import { createPeople } from './people.js'
import { createRandom, weighted } from './random.js'
import { longServices, services, shortServices } from './services.js'

/** Change it whenever the same seed and day give other rows: a demo clinic filled by an older one is filled again. */
export const GENERATOR = 1

const DAYS_AHEAD = 14
const SLOT = 30
/** Of a day's slots, how many the busiest day fills. */
const FULL = 0.88
/** Half hours an appointment takes on average. */
const SLOTS_EACH = 1.34

/**
 * The size and shape of a clinic, from which every row follows.
 * @typedef {ReturnType<typeof createPlan>} Plan
 */

/** @typedef {'Pendiente' | 'Confirmada' | 'En_Curso' | 'Completada' | 'Cancelada' | 'No_Asistio'} AppointmentState */

/**
 * One appointment; the generator hands out the same object again and again.
 * @typedef {{ id: number, patient: number, first: boolean, podiatrist: number, day: number, start: number, end: number,
 *   state: AppointmentState, service: number, extra: number, discount: number, detail: number }} Appointment
 * `service` and `extra` are positions in `services`, `extra` -1 when there is none; `discount` is per cent; `detail` is
 * the id of its first row in `detalle_cita`, counted from where the generator began.
 */

/**
 * @param {{ appointments: number, seed: string | number, day: string }} options
 */
export function createPlan({ appointments, seed, day }) {
  const today = dayNumber(day)
  const last = today + DAYS_AHEAD
  const start =
    dayNumber(`${Number(day.slice(0, 4)) - 3}-01-01`) + (today - dayNumber(`${day.slice(0, 4)}-01-01`)) + DAYS_AHEAD
  const length = last - start + 1

  /** @param {number} offset */
  const weightOf = (offset) => {
    const at = start + offset
    const growth = 0.85 + (0.3 * offset) / length
    // the agenda of the days ahead is not full yet
    const booked = at <= today ? 1 : 0.95 - 0.055 * (at - today)
    return demand(at) * growth * booked
  }
  const weights = Array.from({ length }, (_, offset) => weightOf(offset))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  /** appointments before each day, and all of them at the end */
  const before = new Float64Array(length + 1)
  let sum = 0
  let podiatrists = 2
  for (let offset = 0; offset < length; offset++) {
    sum += weights[offset] ?? 0
    before[offset + 1] = offset === length - 1 ? appointments : Math.floor((appointments * sum) / total)
    const count = appointmentsOn(offset)
    const slots = slotsOf(start + offset)
    podiatrists = Math.max(podiatrists, Math.ceil((count * SLOTS_EACH) / (slots * FULL)))
  }

  const patients = Math.ceil(appointments / 10)
  /** patients who were there before the first appointment on record */
  const veterans = Math.ceil(patients * 0.3)
  const registration = createRandom(seed, 'registration')
  const todays = appointmentsOn(today - start)
  const agenda = layOut(today, todays, podiatrists, createRandom(seed, 'agenda').at(today - start))

  return {
    seed,
    today,
    start,
    last,
    length,
    appointments,
    before,
    podiatrists,
    /** The minute of the present day at which half of its appointments are behind: what is over, under way, to come. */
    now: (agenda[Math.floor(todays / 2)]?.start ?? 13 * 60) + 10,
    patients,
    veterans,
    patient: createPeople(seed, 'patients', today),
    podiatrist: createPeople(seed, 'podiatrists', today),
    /** @param {string} purpose */
    random: (purpose) => createRandom(seed, purpose),
    /**
     * Patients known before an appointment (counted from 0).
     * @param {number} index
     */
    known: (index) => veterans + Math.floor(((patients - veterans) * index) / appointments),
    /**
     * The day on which a patient (from 0) was registered.
     * @param {number} patient
     */
    registered(patient) {
      const random = registration.at(patient)
      if (patient < veterans) return start - 1 - Math.floor(random.next() * 730)
      const index = Math.ceil(((patient - veterans + 1) * appointments) / (patients - veterans)) - 1
      return Math.min(today, dayOf(index) - Math.floor(random.next() * 4))
    },
  }

  /** @param {number} offset */
  function appointmentsOn(offset) {
    return (before[offset + 1] ?? 0) - (before[offset] ?? 0)
  }

  /** The day of an appointment (from 0). @param {number} index */
  function dayOf(index) {
    let low = 0
    let high = length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((before[middle + 1] ?? 0) > index) high = middle
      else low = middle + 1
    }
    return start + low
  }
}

/** @param {number} day */
const slotsOf = (day) => shiftsOf(day).reduce((sum, [from, to]) => sum + (to - from) / SLOT, 0)

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
function layOut(day, count, podiatrists, random) {
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

/** Prices rise a little every year. @param {Plan} plan @param {number} service @param {number} day @returns {number} pesos */
export function priceOf(plan, service, day) {
  const years = Math.floor((plan.today - day) / 365)
  return Math.round(((services[service]?.price ?? 0) * (1 - 0.06 * Math.max(0, years))) / 10) * 10
}

/** What an appointment costs, in cents. @param {Plan} plan @param {Appointment} appointment */
export function costOf(plan, { service, extra, discount, day }) {
  const main = priceOf(plan, service, day) * (100 - discount)
  return extra < 0 ? main : main + priceOf(plan, extra, day) * 100
}

/** @param {number} cents */
export const money = (cents) => (cents / 100).toFixed(2)

/** @param {Appointment} appointment */
export const startText = ({ day, start }) => timeText(day, start)
