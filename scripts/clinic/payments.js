import { appointments } from './agenda.js'
import { isOpen } from './calendar.js'
import { costOf } from './prices.js'
import { weighted } from './random.js'

/** @typedef {'Pagado' | 'Parcial' | 'Pendiente' | 'Cancelado'} PaymentState */
/** @typedef {'Efectivo' | 'Tarjeta_Debito' | 'Tarjeta_Credito' | 'Transferencia'} PaymentMethod */

/**
 * @typedef {{ id: number, appointment: number, patient: number, day: number, minute: number, total: number, paid: number,
 *   method: PaymentMethod, state: PaymentState, invoice: boolean }} Payment amounts in cents
 */

const drawMethod = weighted(
  /** @type {const} */ ([
    ['Efectivo', 42],
    ['Tarjeta_Debito', 24],
    ['Tarjeta_Credito', 16],
    ['Transferencia', 18],
  ]),
)

/**
 * The payments of every completed appointment; the same object again and again.
 * @param {import('./plan.js').Plan} plan
 * @returns {Generator<Payment, void>}
 */
export function* payments(plan) {
  const random = plan.random('payment')
  /** @type {Payment} */
  const payment = {
    ...{ id: 0, appointment: 0, patient: 0, day: 0, minute: 0, total: 0, paid: 0 },
    ...{ method: 'Efectivo', state: 'Pagado', invoice: false },
  }
  for (const a of appointments(plan)) {
    if (a.state !== 'Completada') continue
    random.at(a.id)
    const method = drawMethod(random)
    const kind = random.next()
    // one in fifty is a courtesy: nothing is charged
    if (kind > 0.98) continue
    const total = costOf(plan, a)
    payment.appointment = a.id
    payment.patient = a.patient
    payment.day = a.day
    payment.minute = a.end + random.between(0, 8)
    payment.method = method
    payment.total = total
    payment.paid = total
    payment.state = 'Pagado'
    payment.invoice = random.chance(0.12)
    if (kind < 0.015) {
      // keyed in wrong, cancelled and keyed in again
      payment.id++
      payment.state = 'Cancelado'
      const invoiced = payment.invoice
      payment.invoice = false
      yield payment
      payment.state = 'Pagado'
      payment.invoice = invoiced
      payment.minute += 2
    } else if (kind < 0.095) {
      const advance = Math.round((total * random.between(3, 7)) / 1000) * 100
      const age = plan.today - a.day
      if (random.chance(age > 60 ? 0.93 : 0.3)) {
        // paid in two goes, each with its own row
        payment.id++
        payment.total = advance
        payment.paid = advance
        const invoiced = payment.invoice
        payment.invoice = false
        yield payment
        payment.day = a.day + random.between(3, 18)
        while (!isOpen(payment.day)) payment.day++
        // what would be settled after today is still owed
        if (payment.day >= plan.today) continue
        payment.total = total - advance
        payment.paid = payment.total
        payment.minute = random.between(560, 820)
        payment.invoice = invoiced
      } else {
        payment.paid = random.chance(0.15) ? 0 : advance
        payment.state = payment.paid === 0 ? 'Pendiente' : 'Parcial'
        payment.invoice = false
      }
    }
    payment.id++
    yield payment
  }
}

/** @typedef {ReturnType<typeof collect>} Till */

/** @type {WeakMap<import('./plan.js').Plan, Till>} */
const cache = new WeakMap()

/** What came in each day and what each patient owes. @param {import('./plan.js').Plan} plan */
export function till(plan) {
  let known = cache.get(plan)
  if (!known) {
    known = collect(plan)
    cache.set(plan, known)
  }
  return known
}

/** @param {import('./plan.js').Plan} plan */
function collect(plan) {
  const cash = new Float64Array(plan.length)
  const card = new Float64Array(plan.length)
  const transfer = new Float64Array(plan.length)
  const owed = new Float64Array(plan.patients)
  let count = 0
  for (const payment of payments(plan)) {
    count++
    if (payment.state === 'Cancelado') continue
    const into = payment.method === 'Efectivo' ? cash : payment.method === 'Transferencia' ? transfer : card
    const offset = payment.day - plan.start
    into[offset] = (into[offset] ?? 0) + payment.paid
    owed[payment.patient - 1] = (owed[payment.patient - 1] ?? 0) + payment.total - payment.paid
  }
  return { cash, card, transfer, owed, count }
}
