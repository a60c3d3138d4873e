import { appointments } from '#scripts/clinic/agenda.js'
import { timeText } from '#scripts/clinic/calendar.js'
import { contactOf } from '#scripts/clinic/contacts.js'
import { money, priceOf } from '#scripts/clinic/prices.js'
import { numbered, table } from '#scripts/clinic/rows.js'
import { receptionists } from '#scripts/clinic/staff.js'

const reasons = [
  ...['Enfermedad', 'Trabajo', 'Se le olvidó y avisó tarde', 'Viaje', 'Prefirió otra fecha', 'Motivos personales'],
]

export const appointmentTables = [
  table(
    'citas',
    'id id_paciente id_podologo fecha_hora_inicio fecha_hora_fin estado motivo_cancelacion es_primera_vez tipo_cita notas_recepcion fecha_creacion creado_por cancelado_por periodo',
    function* (plan) {
      const random = plan.random('citas')
      for (const a of appointments(plan)) {
        random.at(a.id)
        const from = timeText(a.day, a.start)
        const to = timeText(a.day, a.end)
        const cancelled = a.state === 'Cancelada'
        const lead = a.first ? 0 : Math.floor(random.next() ** 2 * 21)
        const made = a.first ? plan.registered(a.patient - 1) : Math.min(a.day - lead, plan.today)
        const minute = made === a.day ? a.start - 60 + random.between(0, 40) : random.between(550, 800)
        const kind = a.first ? 'Primera_Vez' : a.service === 4 || random.chance(0.3) ? 'Seguimiento' : 'Consulta'
        const desk = random.pick(receptionists)
        yield [
          ...[a.id, a.patient, a.podiatrist, from, to, a.state, cancelled ? random.pick(reasons) : null, a.first, kind],
          ...[random.chance(0.05) ? 'Pide que se le llame un día antes' : null, timeText(made, minute), desk],
          ...[cancelled ? desk : null, `["${from}","${to}")`],
        ]
      }
    },
  ),

  table(
    'detalle_cita',
    'id id_cita id_tratamiento precio_aplicado descuento_porcentaje precio_final notas_tratamiento fecha_registro',
    function* (plan) {
      for (const a of appointments(plan)) {
        const price = priceOf(plan, a.service, a.day)
        const when = timeText(Math.min(a.day, plan.today), a.start)
        yield [
          a.detail,
          a.id,
          a.service + 1,
          `${price}.00`,
          `${a.discount}.00`,
          money(price * (100 - a.discount)),
          null,
          when,
        ]
        if (a.extra < 0) continue
        const extra = `${priceOf(plan, a.extra, a.day)}.00`
        yield [a.detail + 1, a.id, a.extra + 1, extra, '0.00', extra, null, when]
      }
    },
  ),

  numbered(
    'recordatorios_programados',
    'id_cita id_paciente id_contacto tipo_recordatorio fecha_envio_programada fecha_envio_real id_plantilla canal prioridad estado intentos_envio max_intentos error_detalle paciente_respondio fecha_respuesta respuesta_texto creado_por creado_en',
    function* (plan) {
      const random = plan.random('recordatorios')
      for (const a of appointments(plan, plan.today - 45)) {
        random.at(a.id)
        for (const [kind, hours, template] of /** @type {const} */ ([
          ['24h', 24, 1],
          ['2h', 2, 2],
        ])) {
          const minute = a.start - hours * 60
          const due = timeText(a.day, minute)
          const sent = a.day < plan.today || (a.day === plan.today && minute <= plan.now)
          const failed = sent && random.chance(0.03)
          const answered = sent && !failed && random.chance(0.45)
          const state = a.state === 'Cancelada' ? 'Cancelado' : failed ? 'Fallido' : sent ? 'Enviado' : 'Pendiente'
          yield [
            ...[
              a.id,
              a.patient,
              contactOf(a.patient),
              kind,
              due,
              state === 'Enviado' ? due : null,
              template,
              'whatsapp',
              'Media',
            ],
            ...[state, sent ? 1 : 0, 3, failed ? 'El número no tiene WhatsApp' : null, answered && state === 'Enviado'],
            ...(answered && state === 'Enviado' ? [timeText(a.day, minute + 7), 'Sí, ahí estaré'] : [null, null]),
            ...[random.pick(receptionists), timeText(Math.min(plan.today, a.day - 1), 545)],
          ]
        }
      }
    },
  ),
]
