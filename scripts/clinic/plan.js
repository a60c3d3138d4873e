import { layOut, podiatristsFor } from './agenda.js'
import { dayNumber, demand } from './calendar.js'
import { createPeople } from './people.js'
import { createRandom } from './random.js'

/** Change it whenever the same seed and day give other rows: a demo clinic filled by an older one is filled again. */
export const GENERATOR = 2

const DAYS_AHEAD = 14

/**
 * The size and shape of a clinic, from which every row follows.
 * @typedef {ReturnType<typeof createPlan>} Plan
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
    podiatrists = Math.max(podiatrists, podiatristsFor(start + offset, count))
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

/** The day the clinic opened, before the first appointment on record. @param {Plan} plan */
export const opening = (plan) => plan.start - 800
