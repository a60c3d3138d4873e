import { appointments } from '#scripts/clinic/agenda.js'
import { dayText, timeText } from '#scripts/clinic/calendar.js'
import { numbered } from '#scripts/clinic/rows.js'
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
]
