import { timeText } from '#scripts/clinic/calendar.js'
import { contactOf, patientContacts, prospects } from '#scripts/clinic/contacts.js'
import { fullName } from '#scripts/clinic/people.js'
import { weighted } from '#scripts/clinic/random.js'
import { array, json, numbered, table } from '#scripts/clinic/rows.js'
import { collected } from '#scripts/clinic/sample.js'
import { receptionists } from '#scripts/clinic/staff.js'

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
const questions = {
  Agendar: 'Buenas tardes, quisiera una cita',
  Confirmar: 'Confirmo mi cita de mañana',
  Precios: '¿Qué costo tiene la consulta?',
  Reagendar: 'No voy a poder ir, ¿me la cambia?',
  Duda: 'Me sigue doliendo el dedo, ¿es normal?',
  Queja: 'Esperé mucho en mi última cita',
}
const answers = [
  'Con gusto le ayudo',
  '¿Qué día le queda mejor?',
  'Queda registrado',
  'Le esperamos en la clínica',
  'Gracias por avisar',
]

/** @param {import('../plan.js').Plan} plan */
function* conversations(plan) {
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

/** Each message with the conversation it belongs to; the first one asks, then they take turns. @param {import('../plan.js').Plan} plan */
function* messages(plan) {
  let id = 0
  for (const talk of conversations(plan)) {
    const first = id + 1
    for (let index = 0; index < talk.count; index++) yield { id: ++id, first, index, inbound: index % 2 === 0, talk }
  }
}

/** Conversations there are, as the small tables point at some. @param {import('../plan.js').Plan} plan @param {number} most */
function firstConversations(plan, most) {
  const found = []
  for (const talk of conversations(plan)) {
    if (found.length === most) break
    found.push(talk)
  }
  return found
}

/** Questions the agent handed to a person, and what it learned: each row points at its partner. */
const LESSONS = 10

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

  numbered(
    'analisis_sentimiento',
    'id_mensaje id_conversacion sentimiento confianza_sentimiento tono confianza_tono intencion confianza_intencion emociones palabras_clave_detectadas modelo_utilizado fecha_analisis',
    function* (plan) {
      for (const { id, index, talk } of messages(plan)) {
        if (index !== 0 || talk.id % 2) continue
        const bad = talk.topic === 'Queja'
        const keys = array([talk.topic.toLowerCase()])
        yield [
          id,
          talk.id,
          bad ? 'negativo' : 'neutral',
          0.88,
          bad ? 'molesto' : 'amable',
          0.8,
          talk.topic.toLowerCase(),
          0.91,
          json({ calma: bad ? 0.2 : 0.8 }),
          keys,
          'demo',
          timeText(talk.day, talk.minute + 1),
        ]
      }
    },
  ),

  numbered(
    'log_eventos_bot',
    'id_conversacion id_mensaje tipo_evento nivel descripcion datos fecha_evento',
    function* (plan) {
      for (const { id, index, talk } of messages(plan)) {
        if (index === 0 && talk.id % 5 === 0) {
          yield [
            talk.id,
            id,
            'intencion_detectada',
            'INFO',
            `Intención: ${talk.topic}`,
            json({ confianza: 0.91 }),
            timeText(talk.day, talk.minute + 1),
          ]
        }
      }
    },
  ),

  numbered(
    'dudas_pendientes',
    'paciente_chat_id paciente_nombre paciente_telefono duda contexto estado respuesta_admin fecha_creacion fecha_respuesta admin_chat_id id_conversacion id_paciente atendido_por aprendizaje_generado id_aprendizaje',
    function* (plan) {
      const talks = firstConversations(plan, LESSONS + 4)
      for (const [index, { id, patient, day, minute }] of talks.entries()) {
        const { first, surname, phone } = plan.patient(patient - 1)
        const lesson = index < LESSONS ? index + 1 : null
        yield [
          ...[
            `521${phone}`,
            `${first} ${surname}`,
            phone,
            '¿Puedo nadar después de la matricectomía?',
            'Curación',
            lesson ? 'respondida' : 'pendiente',
          ],
          ...[
            lesson ? 'Sí, a partir del décimo día' : null,
            timeText(day, minute),
            lesson ? timeText(day, minute + 30) : null,
            '5216865550199',
          ],
          ...[id, patient, lesson ? 3 : null, lesson !== null, lesson],
        ]
      }
    },
  ),

  numbered(
    'aprendizajes_agente',
    'pregunta_original contexto_trigger palabras_clave respuesta_sugerida respuesta_admin tono_cliente intencion_cliente tono_respuesta resumen_aprendizaje categoria tags confianza veces_utilizado efectividad id_conversacion id_duda_pendiente id_paciente origen validado validado_por fecha_validacion version id_version_anterior fecha_creacion creado_por',
    function* (plan) {
      for (const [index, { id, patient, day, minute }] of firstConversations(plan, LESSONS).entries()) {
        yield [
          ...[
            '¿Puedo nadar después de la matricectomía?',
            'postoperatorio',
            array(['nadar', 'matricectomía']),
            'Consulte a su podólogo',
          ],
          ...[
            'Sí, a partir del décimo día',
            'amable',
            'duda',
            'amable',
            'Se puede nadar a partir del décimo día',
            'postoperatorio',
          ],
          ...[
            array(['curación']),
            0.9,
            12 - index,
            0.85,
            id,
            index + 1,
            patient,
            'duda_admin',
            true,
            1,
            timeText(day, minute + 40),
          ],
          ...[index === 9 ? 2 : 1, index === 9 ? 1 : null, timeText(day, minute + 31), 3],
        ]
      }
    },
  ),
]
