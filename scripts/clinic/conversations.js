import { contactOf } from './contacts.js'
import { weighted } from './random.js'
import { collected } from './sample.js'

const drawTopic = weighted(
  /** @type {const} */ ([
    ['Agendar', 40],
    ['Confirmar', 22],
    ['Precios', 16],
    ['Reagendar', 12],
    ['Duda', 8],
    ['Queja', 2],
  ]),
)
/** What each kind of conversation begins with. */
export const questions = {
  Agendar: 'Buenas tardes, quisiera una cita',
  Confirmar: 'Confirmo mi cita de mañana',
  Precios: '¿Qué costo tiene la consulta?',
  Reagendar: 'No voy a poder ir, ¿me la cambia?',
  Duda: 'Me sigue doliendo el dedo, ¿es normal?',
  Queja: 'Esperé mucho en mi última cita',
}
/** @param {import('./plan.js').Plan} plan */
export function* conversations(plan) {
  const random = plan.random('conversaciones')
  let id = 0
  for (const a of collected(plan).samples.conversation) {
    const contact = contactOf(a.patient)
    if (contact === null) continue
    random.at(a.id)
    const topic = drawTopic(random)
    const day = Math.min(a.day - random.between(1, 6), plan.today)
    const minute = random.between(500, Math.max(520, day === plan.today ? plan.now - 40 : 1200))
    const open = day > plan.today - 3 && random.chance(0.6)
    yield {
      id: ++id,
      contact,
      topic,
      day,
      minute,
      open,
      count: random.between(2, 9),
      human: random.chance(0.35),
      appointment: a.id,
      patient: a.patient,
    }
  }
}

/** Each message with the conversation it belongs to; the first one asks, then they take turns. @param {import('./plan.js').Plan} plan */
export function* messages(plan) {
  let id = 0
  for (const talk of conversations(plan)) {
    const first = id + 1
    for (let index = 0; index < talk.count; index++) yield { id: ++id, first, index, inbound: index % 2 === 0, talk }
  }
}

/** Conversations there are, as the small tables point at some. @param {import('./plan.js').Plan} plan @param {number} most */
export function firstConversations(plan, most) {
  const found = []
  for (const talk of conversations(plan)) {
    if (found.length === most) break
    found.push(talk)
  }
  return found
}
