import { timeText } from '#scripts/clinic/calendar.js'
import { contactOf, patientContacts, prospects } from '#scripts/clinic/contacts.js'
import { conversations, messages, questions } from '#scripts/clinic/conversations.js'
import { fullName } from '#scripts/clinic/people.js'
import { table } from '#scripts/clinic/rows.js'
import { receptionists } from '#scripts/clinic/staff.js'

const answers = [
  'Con gusto le ayudo',
  '¿Qué día le queda mejor?',
  'Queda registrado',
  'Le esperamos en la clínica',
  'Gracias por avisar',
]

export const conversationTables = [
  table(
    'contactos',
    'id whatsapp_id nombre telefono tipo id_paciente origen activo bloqueado acepto_terminos fecha_primer_contacto fecha_ultima_interaccion creado_por',
    function* (plan) {
      const random = plan.random('contactos')
      for (let patient = 1; patient <= plan.patients; patient++) {
        const id = contactOf(patient)
        if (id === null) continue
        const person = plan.patient(patient - 1)
        const day = plan.registered(patient - 1)
        const last = Math.min(plan.today, day + random.at(patient).between(0, 700))
        yield [
          ...[
            id,
            `52${id}${person.phone}`,
            fullName(person),
            person.phone,
            'Paciente',
            patient,
            'whatsapp',
            true,
            false,
            true,
          ],
          ...[timeText(day, 700), timeText(last, 710), random.pick(receptionists)],
        ]
      }
      const known = patientContacts(plan)
      for (let index = 1; index <= prospects(plan); index++) {
        const id = known + index
        const phone = `686${random.at(-index).digits(7)}`
        const day = plan.today - random.between(1, 900)
        yield [
          id,
          `52${id}${phone}`,
          null,
          phone,
          'Prospecto',
          null,
          random.pick(['whatsapp', 'facebook']),
          true,
          random.chance(0.01),
          false,
          timeText(day, 700),
          timeText(day, 720),
          null,
        ]
      }
    },
  ),

  table(
    'conversaciones',
    'id id_contacto canal estado categoria intencion_detectada confianza_intencion asunto prioridad asignado_a id_cita_relacionada fecha_inicio fecha_cierre fecha_ultima_actividad tiempo_primera_respuesta_segundos numero_mensajes numero_mensajes_bot numero_mensajes_humano calificacion requiere_atencion atendido_por id_paciente',
    function* (plan) {
      const random = plan.random('conversacion')
      for (const t of conversations(plan)) {
        random.at(t.id)
        const replies = Math.floor(t.count / 2)
        const end = timeText(t.day, t.minute + t.count * 2)
        const desk = t.human ? random.pick(receptionists) : null
        yield [
          ...[
            t.id,
            t.contact,
            'whatsapp',
            t.open ? 'Activa' : 'Cerrada',
            t.topic,
            t.topic.toLowerCase(),
            '0.91',
            questions[t.topic],
          ],
          ...[
            t.topic === 'Queja' ? 'Alta' : 'Media',
            desk,
            t.appointment,
            timeText(t.day, t.minute),
            t.open ? null : end,
            end,
          ],
          ...[
            random.between(4, 90),
            t.count,
            t.human ? 0 : replies,
            t.human ? replies : 0,
            random.chance(0.2) ? random.between(3, 5) : null,
          ],
          ...[t.open && t.human, desk, t.patient],
        ]
      }
    },
  ),

  table(
    'mensajes',
    'id id_conversacion direccion enviado_por_tipo enviado_por_usuario tipo_contenido contenido mensaje_id_externo respuesta_a_mensaje_id estado_entrega fecha_envio fecha_entrega procesado_por_bot sentimiento idioma_detectado requiere_atencion_humana',
    function* (plan) {
      for (const { id, first, index, inbound, talk } of messages(plan)) {
        const when = timeText(talk.day, talk.minute + index * 2)
        const text =
          index === 0 ? questions[talk.topic] : inbound ? 'Sí, gracias' : answers[(index + talk.id) % answers.length]
        const by = inbound ? 'Contacto' : talk.human ? 'Usuario_Sistema' : 'Bot'
        yield [
          ...[
            id,
            talk.id,
            inbound ? 'Entrante' : 'Saliente',
            by,
            by === 'Usuario_Sistema' ? receptionists[0] : null,
            'Texto',
            text,
          ],
          ...[
            `wamid.demo${id}`,
            index === 1 ? first : null,
            'Leido',
            when,
            when,
            !talk.human,
            talk.topic === 'Queja' ? 'negativo' : 'neutral',
          ],
          ...['es', talk.topic === 'Queja' && index === 0],
        ]
      }
    },
  ),

  table('conversacion_etiquetas', 'id_conversacion id_etiqueta asignado_por fecha_asignacion', function* (plan) {
    const labels = { Agendar: 2, Confirmar: 0, Precios: 6, Reagendar: 4, Duda: 3, Queja: 7 }
    for (const { id, topic, day, minute } of conversations(plan)) {
      if (labels[topic] && id % 3 === 0) yield [id, labels[topic], 3, timeText(day, minute + 4)]
    }
  }),
]
