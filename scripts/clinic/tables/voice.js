import { timeText } from '#scripts/clinic/calendar.js'
import { json, numbered } from '#scripts/clinic/rows.js'
import { collected } from '#scripts/clinic/sample.js'
import { services } from '#scripts/clinic/services.js'
import { userOfPodiatrist } from '#scripts/clinic/staff.js'

/** @param {number} service @returns {import('../services.js').Service} */
const of = (service) => /** @type {import('../services.js').Service} */ (services[service])

const phrases = [
  'El paciente refiere dolor desde hace dos semanas',
  'Se observa eritema en el borde lateral de la uña',
  'Anota una glucosa de ciento veinte',
  'Agenda la revisión en catorce días',
  'Pulsos presentes en ambos pies',
]

export const voiceTables = [
  numbered(
    'sesiones_consulta_voz',
    'id_cita id_paciente id_podologo fecha_inicio fecha_fin duracion_segundos estado transcripcion_completa resumen_ia total_comandos_voz total_campos_llenados total_consultas_respondidas modelo_utilizado creado_en',
    function* (plan) {
      for (const a of collected(plan).samples.voice) {
        const from = timeText(a.day, a.start + 3)
        yield [
          ...[
            a.id,
            a.patient,
            a.podiatrist,
            from,
            timeText(a.day, a.start + 18),
            900,
            'Finalizada',
            phrases.join('. '),
          ],
          ...[of(a.service).diagnosis, 2, 2, 0, 'demo', from],
        ]
      }
    },
  ),
  numbered(
    'transcripcion_tiempo_real',
    'id_sesion timestamp_inicio timestamp_fin duracion_ms hablante texto confianza idioma_detectado procesado_por_ia requiere_atencion fecha_creacion',
    function* (plan) {
      let session = 0
      for (const a of collected(plan).samples.voice) {
        session++
        for (const [index, phrase] of phrases.entries()) {
          const at = 5 + index * 40
          yield [
            session,
            `${at}.000`,
            `${at + 4}.500`,
            4500,
            index % 2 ? 'Paciente' : 'Podologo',
            phrase,
            '0.94',
            'es',
            true,
            false,
            timeText(a.day, a.start + 4 + index),
          ]
        }
      }
    },
  ),
  numbered(
    'function_calls_ejecutadas',
    'id_sesion function_name timestamp_audio parametros_entrada tipo_accion estado_ejecucion resultado_ejecucion tabla_afectada campo_afectado valor_nuevo requiere_confirmacion confirmado_por_usuario fecha_ejecucion duracion_ms',
    function* (plan) {
      let session = 0
      for (const a of collected(plan).samples.voice) {
        session++
        const value = { glucosa_capilar: 120 }
        yield [
          session,
          'registrar_signos_vitales',
          '85.000',
          json(value),
          'Escritura',
          'Exitoso',
          json({ ok: true }),
          'signos_vitales',
          'glucosa_capilar',
          '120',
          true,
          true,
          timeText(a.day, a.start + 6),
          140,
        ]
        yield [
          session,
          'registrar_nota_clinica',
          '125.000',
          json({ plan_tratamiento: of(a.service).plan }),
          'Escritura',
          'Exitoso',
          json({ ok: true }),
          'nota_clinica',
          'plan_tratamiento',
          of(a.service).plan,
          false,
          null,
          timeText(a.day, a.start + 9),
          180,
        ]
      }
    },
  ),
  numbered(
    'comandos_voz_consulta',
    'id_sesion id_transcripcion comando_texto comando_normalizado timestamp_audio intencion_detectada confianza_intencion parametros_extraidos respuesta_texto id_function_call ejecutado fecha_creacion',
    function* (plan) {
      let session = 0
      for (const a of collected(plan).samples.voice) {
        const first = session * phrases.length
        const call = session * 2
        session++
        const when = timeText(a.day, a.start + 6)
        yield [
          session,
          first + 3,
          phrases[2],
          'glucosa 120',
          '85.000',
          'registrar_signo',
          '0.96',
          json({ valor: 120 }),
          'Glucosa registrada',
          call + 1,
          true,
          when,
        ]
        yield [
          session,
          first + 4,
          phrases[3],
          'revision 14 dias',
          '125.000',
          'registrar_plan',
          '0.91',
          json({ dias: 14 }),
          'Plan registrado',
          call + 2,
          true,
          when,
        ]
      }
    },
  ),
  numbered(
    'auditoria_llenado_campos',
    'id_sesion id_function_call tabla_afectada campo_afectado registro_id valor_nuevo metodo_llenado confianza_ia requiere_validacion validado validado_por validado_en fecha_modificacion',
    function* (plan) {
      let session = 0
      for (const a of collected(plan).samples.voice) {
        session++
        yield [
          session,
          session * 2 - 1,
          'signos_vitales',
          'glucosa_capilar',
          a.id,
          '120',
          'Voz',
          '0.96',
          true,
          true,
          userOfPodiatrist(a.podiatrist),
          timeText(a.day, a.start + 20),
          timeText(a.day, a.start + 6),
        ]
      }
    },
  ),
]
