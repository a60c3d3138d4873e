import { dayText, timeText } from '#scripts/clinic/calendar.js'
import { appointments } from '#scripts/clinic/plan.js'
import { json, numbered } from '#scripts/clinic/rows.js'
import { collected } from '#scripts/clinic/sample.js'
import { services } from '#scripts/clinic/services.js'
import { receptionists, userOfPodiatrist } from '#scripts/clinic/staff.js'
import { codeOf, diagnosisCode } from './catalogues.js'

/** @param {number} service @returns {import('../services.js').Service} */
const of = (service) => /** @type {import('../services.js').Service} */ (services[service])

const explorations = [
  'Pulsos pedio y tibial presentes, llenado capilar de dos segundos',
  'Piel seca, sensibilidad conservada al monofilamento',
  'Eritema y edema en el borde lateral, dolor a la presión',
  'Hiperqueratosis bajo la segunda y tercera cabezas metatarsales',
  'Uñas engrosadas con coloración amarilla, sin datos de infección',
]
const advice = [
  'Calzado de horma ancha, secar bien entre los dedos y volver en dos semanas',
  'Crema con urea al 20 % por la noche y revisión en un mes',
  'Curación diaria con agua y jabón, no cortar las orillas de la uña',
  'Estiramientos tres veces al día y plantillas en todo momento',
]

export const recordTables = [
  numbered(
    'nota_clinica',
    'id_cita motivo_consulta padecimiento_actual exploracion_fisica diagnostico_presuntivo diagnostico_definitivo id_cie10_presuntivo id_cie10_definitivo plan_tratamiento indicaciones_paciente pronostico proxima_cita_sugerida fecha_elaboracion elaborado_por',
    function* (plan) {
      const random = plan.random('nota')
      for (const a of appointments(plan)) {
        if (a.state !== 'Completada' || !random.at(a.id).chance(0.55)) continue
        const { motive, diagnosis, plan: treatment } = of(a.service)
        const code = diagnosisCode(a.service)
        yield [
          ...[a.id, motive, `${random.between(1, 8)} semanas de evolución`, random.pick(explorations)],
          ...[diagnosis, diagnosis, code, code, treatment, random.pick(advice), 'Bueno'],
          ...[dayText(a.day + random.between(10, 45)), timeText(a.day, a.end), a.podiatrist],
        ]
      }
    },
  ),

  numbered(
    'consultas',
    'id_paciente id_podologo id_cita fecha_consulta motivo_consulta sintomas exploracion_fisica plan_tratamiento indicaciones finalizada fecha_finalizacion fecha_registro',
    function* (plan) {
      const random = plan.random('consultas')
      for (const a of collected(plan).samples.consultation) {
        random.at(a.id)
        const { motive, plan: treatment } = of(a.service)
        const from = timeText(a.day, a.start)
        yield [
          ...[
            a.patient,
            userOfPodiatrist(a.podiatrist),
            a.id,
            from,
            motive,
            'Dolor al caminar',
            random.pick(explorations),
          ],
          ...[treatment, random.pick(advice), true, timeText(a.day, a.start + 28), from],
        ]
      }
    },
  ),

  numbered(
    'diagnosticos',
    'id_consulta id_paciente codigo_cie10 nombre_diagnostico tipo_diagnostico fecha_diagnostico activo fecha_registro',
    function* (plan) {
      const random = plan.random('diagnosticos')
      let consultation = 0
      for (const a of collected(plan).samples.consultation) {
        consultation++
        const active = random.at(a.id).chance(0.4)
        const { diagnosis } = of(a.service)
        yield [
          consultation,
          a.patient,
          codeOf(a.service),
          diagnosis,
          'Definitivo',
          dayText(a.day),
          active,
          timeText(a.day, a.start + 25),
        ]
      }
    },
  ),

  numbered(
    'evolucion_tratamiento',
    'id_detalle_cita numero_fase fecha_fase descripcion_evolucion resultado indicaciones fecha_proxima_revision registrado_por fecha_registro',
    function* (plan) {
      const random = plan.random('evolucion')
      for (const a of collected(plan).samples.evolution) {
        const phases = random.at(a.id).between(1, 3)
        for (let phase = 1; phase <= phases; phase++) {
          const day = a.day + (phase - 1) * 14
          if (day > plan.today) break
          const result = phase === phases ? 'Favorable' : 'En_Proceso'
          yield [
            ...[
              a.detail,
              phase,
              dayText(day),
              `Fase ${phase}: ${random.pick(['menos dolor', 'cicatriza bien', 'sin cambios'])}`,
            ],
            ...[result, random.pick(advice), dayText(day + 14), a.podiatrist, timeText(day, 800)],
          ]
        }
      }
    },
  ),

  numbered(
    'diagnosticos_tratamiento',
    'id_detalle_cita tipo_diagnostico descripcion_diagnostico id_cie10 fecha_diagnostico diagnosticado_por activo',
    function* (plan) {
      for (const a of collected(plan).samples.diagnosis) {
        yield [
          a.detail,
          'Definitivo',
          of(a.service).diagnosis,
          diagnosisCode(a.service),
          timeText(a.day, a.start + 20),
          a.podiatrist,
          true,
        ]
      }
    },
  ),

  numbered(
    'archivos_multimedia',
    'id_paciente id_cita tipo_archivo nombre_archivo url_almacenamiento mime_type tamanio_bytes descripcion fecha_subida subido_por',
    function* (plan) {
      const random = plan.random('archivos')
      for (const a of collected(plan).samples.file) {
        const [kind, end, mime] = random.at(a.id).pick([
          ['Fotografia', 'jpg', 'image/jpeg'],
          ['Fotografia', 'jpg', 'image/jpeg'],
          ['Radiografia', 'png', 'image/png'],
          ['Documento', 'pdf', 'application/pdf'],
        ])
        const name = `${kind?.toLowerCase()}-${a.id}.${end}`
        const user = userOfPodiatrist(a.podiatrist)
        yield [
          a.patient,
          a.id,
          kind,
          name,
          `uploads/${a.patient}/${name}`,
          mime,
          random.between(80_000, 4_000_000),
          null,
          timeText(a.day, a.start + 15),
          user,
        ]
      }
    },
  ),

  numbered(
    'consentimientos_informados',
    'id_paciente id_tratamiento id_cita tipo_consentimiento fecha_firma firmado_digitalmente testigo_1_nombre revocado registrado_por fecha_registro',
    function* (plan) {
      const random = plan.random('consentimientos')
      for (const a of collected(plan).samples.consent) {
        const digital = random.at(a.id).chance(0.6)
        yield [
          ...[
            a.patient,
            a.service + 1,
            a.id,
            'Procedimiento',
            dayText(a.day),
            digital,
            digital ? null : 'Ivette Martínez García',
          ],
          ...[random.chance(0.01), random.pick(receptionists), timeText(a.day, a.start - 5)],
        ]
      }
    },
  ),

  numbered(
    'documentos_generados',
    'id_plantilla id_paciente id_cita tipo_documento proposito contenido_html hash_documento impreso fecha_impresion impreso_por numero_copias entregado_paciente fecha_entrega estado generado_por fecha_generacion',
    function* (plan) {
      const random = plan.random('documentos')
      for (const a of collected(plan).samples.document) {
        const [template, kind] = random.at(a.id).pick(
          /** @type {const} */ ([
            [2, 'Receta'],
            [2, 'Receta'],
            [4, 'Constancia'],
            [3, 'Nota'],
          ]),
        )
        const { first, surname } = plan.patient(a.patient - 1)
        const html = `<h1>${kind}</h1><p>Paciente: ${first} ${surname}</p><p>Fecha: ${dayText(a.day)}</p>`
        const when = timeText(a.day, a.start + 28)
        const desk = random.pick(receptionists)
        yield [
          ...[template, a.patient, a.id, kind, 'Paciente', html, random.hex(64), true, when, desk, 1, true, when],
          ...['Entregado', userOfPodiatrist(a.podiatrist), when],
        ]
      }
    },
  ),

  numbered(
    'historial_cambios_expediente',
    'id_paciente seccion_modificada campo_modificado valor_anterior valor_nuevo modificado_por fecha_modificacion motivo_cambio',
    function* (plan) {
      const random = plan.random('historial')
      for (const a of collected(plan).samples.change) {
        const [field, before, after] = random.at(a.id).pick([
          ['ocupacion', 'Empleado', 'Jubilado'],
          ['colonia', 'Nueva', 'Villafontana'],
          ['estado_civil', 'Soltero', 'Casado'],
          ['telefono_secundario', '', '6865550100'],
        ])
        yield [
          a.patient,
          'Datos generales',
          field,
          before,
          after,
          random.pick(receptionists),
          timeText(a.day, a.start),
          'Actualización',
        ]
      }
    },
  ),

  ...voiceTables(),
]

function voiceTables() {
  const phrases = [
    'El paciente refiere dolor desde hace dos semanas',
    'Se observa eritema en el borde lateral de la uña',
    'Anota una glucosa de ciento veinte',
    'Agenda la revisión en catorce días',
    'Pulsos presentes en ambos pies',
  ]
  return [
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
}
