import { appointments } from './agenda.js'
import { costOf } from './prices.js'

/** Chance that a completed appointment leads to such a record. */
const rates = {
  consultation: 0.13,
  vitals: 0.1,
  evolution: 0.035,
  diagnosis: 0.06,
  file: 0.04,
  document: 0.012,
  movement: 0.03,
  voice: 0.01,
  change: 0.01,
}

/** @typedef {keyof typeof rates | 'consent' | 'conversation' | 'audit'} Purpose */

/** @typedef {Pick<import('./agenda.js').Appointment, 'id' | 'patient' | 'podiatrist' | 'day' | 'start' | 'service' | 'detail'>} Drawn */

const FIELDS = 5
const PAGE = 16_384

/** Appointments kept for later tables, packed into pages that never move: a million of them take 20 MB. */
function createSample() {
  /** @type {Int32Array[]} */
  const pages = []
  let length = 0
  return {
    get length() {
      return length
    },
    /** @param {Drawn} a */
    add(a) {
      const at = length % PAGE
      if (at === 0) pages.push(new Int32Array(FIELDS * PAGE))
      const packed = [a.id, a.patient, a.detail, a.podiatrist * 32 + a.service, a.day * 2048 + a.start]
      pages.at(-1)?.set(packed, at * FIELDS)
      length++
    },
    /** @returns {Generator<Drawn, void>} */
    *[Symbol.iterator]() {
      for (let i = 0; i < length; i++) {
        const from = (i % PAGE) * FIELDS
        const [id = 0, patient = 0, detail = 0, who = 0, when = 0] =
          pages[Math.floor(i / PAGE)]?.subarray(from, from + FIELDS) ?? []
        yield {
          ...{ id, patient, detail, podiatrist: who >> 5, service: who & 31 },
          ...{ day: when >> 11, start: when & 2047 },
        }
      }
    },
  }
}

/** @typedef {ReturnType<typeof collect>} Collected */

/** @type {WeakMap<import('./plan.js').Plan, Collected>} */
const cache = new WeakMap()

/**
 * One walk over the appointments that keeps what the smaller tables need: which appointments have a consultation, a
 * file, a conversation…, and each patient's score.
 * @param {import('./plan.js').Plan} plan
 */
export function collected(plan) {
  let known = cache.get(plan)
  if (!known) {
    known = collect(plan)
    cache.set(plan, known)
  }
  return known
}

/** @param {import('./plan.js').Plan} plan */
function collect(plan) {
  const random = plan.random('sample')
  /** @type {Record<Purpose, ReturnType<typeof createSample>>} */
  const samples = {
    ...{ consultation: createSample(), vitals: createSample(), evolution: createSample(), diagnosis: createSample() },
    ...{ file: createSample(), document: createSample(), movement: createSample(), voice: createSample() },
    ...{ consent: createSample(), conversation: createSample(), audit: createSample(), change: createSample() },
  }
  const chances = /** @type {[keyof typeof rates, number][]} */ (Object.entries(rates))
  const completed = new Uint16Array(plan.patients)
  const cancelled = new Uint16Array(plan.patients)
  const missed = new Uint16Array(plan.patients)
  const waiting = new Uint16Array(plan.patients)
  const billed = new Float64Array(plan.patients)
  const counters = { Completada: completed, Cancelada: cancelled, No_Asistio: missed }
  for (const a of appointments(plan)) {
    random.at(a.id)
    const patient = a.patient - 1
    const counter =
      a.state === 'Completada' || a.state === 'Cancelada' || a.state === 'No_Asistio' ? counters[a.state] : waiting
    counter[patient] = (counter[patient] ?? 0) + 1
    if (random.chance(0.05)) samples.conversation.add(a)
    if (random.chance(0.05)) samples.audit.add(a)
    if (a.state !== 'Completada') continue
    billed[patient] = (billed[patient] ?? 0) + costOf(plan, a)
    for (const [purpose, chance] of chances) if (random.chance(chance)) samples[purpose].add(a)
    if (consentServices.has(a.service) && random.chance(0.6)) samples.consent.add(a)
  }
  return { samples, completed, cancelled, missed, waiting, billed }
}

/** Positions in `services` of what cuts or burns. */
const consentServices = new Set([2, 3, 5, 8])
