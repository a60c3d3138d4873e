import { dayText, isOpen, monthStart, timeText } from '#scripts/clinic/calendar.js'
import { payments, till } from '#scripts/clinic/payments.js'
import { fullName, plain } from '#scripts/clinic/people.js'
import { money } from '#scripts/clinic/prices.js'
import { numbered, table } from '#scripts/clinic/rows.js'
import { receptionists } from '#scripts/clinic/staff.js'

const forms = { Efectivo: '01', Tarjeta_Debito: '28', Tarjeta_Credito: '04', Transferencia: '03' }

/**
 * What the clinic spends, by category: share of a month's revenue and how the bills come.
 * @type {readonly (readonly [string, number, number, readonly string[]])[]}
 */
const expenses = [
  ['Nómina', 0.34, 2, ['Nómina de la quincena']],
  ['Renta', 0.07, 1, ['Renta del local']],
  ['Insumos', 0.09, 6, ['Material de curación', 'Instrumental', 'Antisépticos', 'Placas de EVA']],
  ['Servicios', 0.035, 4, ['Luz (CFE)', 'Agua', 'Internet y teléfono', 'Recolección de residuos']],
  ['Publicidad', 0.025, 2, ['Anuncios en redes', 'Volantes']],
  ['Mantenimiento', 0.015, 2, ['Aire acondicionado', 'Autoclave', 'Sillón podológico']],
  ['Impuestos', 0.05, 1, ['Pago provisional']],
  ['Otros', 0.01, 3, ['Papelería', 'Limpieza', 'Cafetería']],
]

/**
 * Every expense in order of month, with its amount in cents.
 * @param {import('../plan.js').Plan} plan
 */
function* everyExpense(plan) {
  const random = plan.random('gastos')
  const monthly = revenueByMonth(plan)
  for (const [offset, { from, to, revenue }] of monthly.entries()) {
    random.at(offset)
    const part = (to - from) / 30.4
    for (const [category, share, bills, concepts] of expenses) {
      // summers in Mexicali are paid in electricity
      const season = category === 'Servicios' && [6, 7, 8, 9].includes(Number(dayText(from).slice(5, 7))) ? 1.9 : 1
      const amount = Math.max(40_000, revenue * share * season)
      for (let bill = 0; bill < bills; bill++) {
        const day = from + Math.floor(((bill + random.next()) * (to - from)) / bills)
        const cents = Math.round((amount / bills) * (0.8 + 0.4 * random.next()) * part)
        yield { category, concept: concepts[bill % concepts.length] ?? category, day, cents, random }
      }
    }
  }
}

/** @param {import('../plan.js').Plan} plan */
function revenueByMonth(plan) {
  const { cash, card, transfer } = till(plan)
  const months = []
  for (let from = plan.start; from <= plan.today; from = monthStart(from, 1)) {
    const to = Math.min(monthStart(from, 1), plan.today + 1)
    let sum = 0
    for (let day = from; day < to; day++) {
      const offset = day - plan.start
      sum += (cash[offset] ?? 0) + (card[offset] ?? 0) + (transfer[offset] ?? 0)
    }
    months.push({ from, to, revenue: (sum / (to - from)) * 30.4 })
  }
  return months
}

export const financeTables = [
  table(
    'pagos',
    'id id_cita fecha_pago monto_total monto_pagado saldo_pendiente metodo_pago referencia_pago factura_solicitada factura_emitida estado_pago recibo_por notas fecha_registro',
    function* (plan) {
      const random = plan.random('pagos')
      for (const p of payments(plan)) {
        random.at(p.id)
        const when = timeText(p.day, p.minute)
        const reference = p.method === 'Efectivo' ? null : `AUT${random.digits(6)}`
        const note = p.state === 'Cancelado' ? 'Capturado por error' : null
        yield [
          ...[p.id, p.appointment, when, money(p.total), money(p.paid), money(p.total - p.paid), p.method, reference],
          ...[p.invoice, p.invoice, p.state, random.pick(receptionists), note, when],
        ]
      }
    },
  ),

  numbered(
    'facturas',
    'id_pago folio_fiscal serie folio rfc_emisor rfc_receptor nombre_receptor uso_cfdi metodo_pago forma_pago subtotal iva total fecha_emision fecha_timbrado uuid_sat estado_factura generado_por fecha_registro',
    function* (plan) {
      const random = plan.random('facturas')
      let folio = 0
      for (const p of payments(plan)) {
        if (!p.invoice) continue
        random.at(p.id)
        const person = plan.patient(p.patient - 1)
        const born = dayText(person.bornDay).replaceAll('-', '').slice(2)
        const letters = (
          plain(person.surname).slice(0, 2) +
          plain(person.motherSurname).slice(0, 1) +
          plain(person.first).slice(0, 1)
        ).padEnd(4, 'X')
        const rfc = `${letters}${born}${random.hex(3)}`.toUpperCase()
        const net = Math.round(p.paid / 1.16)
        folio += 1
        // No tax authority ever issued a folio that begins so; the number makes it unique at any size.
        const number = String(folio).padStart(12, '0')
        const id = `DE000000-${random.hex(4)}-4${random.hex(3)}-8${random.hex(3)}-${number}`.toUpperCase()
        const when = timeText(p.day, p.minute + 6)
        const state = random.chance(0.02) ? 'Cancelada' : 'Vigente'
        yield [
          ...[p.id, id, 'A', folio, 'DEMO010101AA1', rfc, fullName(person), 'D01', 'PUE', forms[p.method]],
          ...[money(net), money(p.paid - net), money(p.paid), when, when, id, state, random.pick(receptionists), when],
        ]
      }
    },
  ),

  numbered(
    'gastos',
    'categoria concepto monto fecha_gasto metodo_pago factura_disponible folio_factura registrado_por notas fecha_registro',
    function* (plan) {
      for (const { category, concept, day, cents, random } of everyExpense(plan)) {
        const method =
          category === 'Otros'
            ? 'Efectivo'
            : random.pick(['Transferencia', 'Transferencia', 'Tarjeta_Debito', 'Efectivo'])
        const billed = category !== 'Nómina' && random.chance(0.8)
        const when = timeText(day, day === plan.today ? 600 : random.between(560, 1080))
        yield [
          category,
          concept,
          money(cents),
          when,
          method,
          billed,
          billed ? `F-${random.digits(6)}` : null,
          2,
          null,
          when,
        ]
      }
    },
  ),

  numbered(
    'cortes_caja',
    'fecha_corte ingresos_efectivo ingresos_tarjeta ingresos_transferencia total_ingresos gastos_dia saldo_final realizado_por fecha_registro',
    function* (plan) {
      const { cash, card, transfer } = till(plan)
      const spent = new Float64Array(plan.length)
      for (const { day, cents } of everyExpense(plan)) spent[day - plan.start] = (spent[day - plan.start] ?? 0) + cents
      for (let day = plan.start; day < plan.today; day++) {
        if (!isOpen(day)) continue
        const offset = day - plan.start
        const parts = [cash[offset] ?? 0, card[offset] ?? 0, transfer[offset] ?? 0]
        const sum = parts.reduce((total, part) => total + part, 0)
        const out = spent[offset] ?? 0
        const close = (day + 4) % 7 === 6 ? 850 : 1155
        yield [dayText(day), ...parts.map(money), money(sum), money(out), money(sum - out), 3, timeText(day, close)]
      }
    },
  ),
]
