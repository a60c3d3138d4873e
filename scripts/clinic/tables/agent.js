import { timeText } from '#scripts/clinic/calendar.js'
import { firstConversations, messages } from '#scripts/clinic/conversations.js'
import { array, json, numbered } from '#scripts/clinic/rows.js'

/** Questions the agent handed to a person, and what it learned: each row points at its partner. */
const LESSONS = 10

export const agentTables = [
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
