import { dayText, timeText } from '#scripts/clinic/calendar.js'
import { till } from '#scripts/clinic/payments.js'
import { colonias, plain, streets } from '#scripts/clinic/people.js'
import { money } from '#scripts/clinic/prices.js'
import { weighted } from '#scripts/clinic/random.js'
import { numbered, table } from '#scripts/clinic/rows.js'
import { collected } from '#scripts/clinic/sample.js'
import { receptionists, userOfPodiatrist } from '#scripts/clinic/staff.js'

const drawJob = weighted([
  ['Ama de casa', 18],
  ['Empleado', 20],
  ['Comerciante', 10],
  ['Jubilado', 16],
  ['Maestra', 7],
  ['Estudiante', 8],
  ['Obrero de maquiladora', 12],
  ['Agricultor', 4],
  ['Enfermera', 3],
  ['Chofer', 4],
])

/** A key as the civil register gives them, unique because its end counts. @param {import('../people.js').Person} person @param {number} index */
function curp(person, index) {
  const two = plain(person.surname).slice(0, 2).padEnd(2, 'X')
  const letters = two + plain(person.motherSurname).slice(0, 1) + plain(person.first).slice(0, 1)
  const born = dayText(person.bornDay).replaceAll('-', '').slice(2)
  return `${letters}${born}${person.woman ? 'M' : 'H'}BC${index.toString(36).padStart(5, '0')}`.toUpperCase()
}

/**
 * Every patient with the numbers of one table.
 * @param {import('../plan.js').Plan} plan
 * @param {string} purpose
 */
function* everyPatient(plan, purpose) {
  const random = plan.random(purpose)
  for (let index = 0; index < plan.patients; index++) yield { index, id: index + 1, random: random.at(index) }
}

export const patientTables = [
  table(
    'pacientes',
    'id primer_nombre segundo_nombre primer_apellido segundo_apellido sexo fecha_nacimiento curp estado_civil telefono_principal telefono_secundario email calle numero_exterior colonia ciudad estado cp escolaridad ocupacion referencia_como_nos_conocio activo fecha_registro creado_por',
    function* (plan) {
      for (const { index, id, random } of everyPatient(plan, 'pacientes')) {
        const person = plan.patient(index)
        const { first, second, surname, motherSurname, woman, bornDay, phone } = person
        const email = random.chance(0.55) ? `${plain(first)}.${plain(surname)}${id}@correo.example`.toLowerCase() : null
        yield [
          ...[id, first, second, surname, motherSurname, woman ? 'F' : 'M', dayText(bornDay)],
          random.chance(0.8) ? curp(person, id) : null,
          random.pick(['Casado', 'Casado', 'Soltero', 'Unión libre', 'Viudo', 'Divorciado']),
          phone,
          random.chance(0.2) ? `686${random.digits(7)}` : null,
          email,
          ...[random.pick(streets), random.between(100, 2999), random.pick(colonias), 'Mexicali', 'Baja California'],
          `21${random.between(0, 3)}${random.digits(2)}`,
          random.pick(['Primaria', 'Secundaria', 'Preparatoria', 'Licenciatura', 'Posgrado']),
          drawJob(random),
          random.pick([
            'Recomendación',
            'Recomendación',
            'Facebook',
            'Google',
            'Pasó por la clínica',
            'Médico',
            'Instagram',
          ]),
          random.chance(index < plan.veterans ? 0.8 : 0.93),
          timeText(plan.registered(index), random.between(545, 780)),
          random.pick(receptionists),
        ]
      }
    },
  ),

  numbered(
    'alergias',
    'id_paciente tipo_alergeno nombre_alergeno reaccion severidad fecha_diagnostico activo fecha_registro',
    function* (plan) {
      for (const { index, id, random } of everyPatient(plan, 'alergias')) {
        if (!random.chance(0.13)) continue
        const [kind, name] = random.pick([
          ['Medicamento', 'Penicilina'],
          ['Medicamento', 'Sulfas'],
          ['Medicamento', 'Diclofenaco'],
          ['Material', 'Látex'],
          ['Medicamento', 'Lidocaína'],
          ['Material', 'Yodo'],
          ['Alimento', 'Mariscos'],
        ])
        const reaction = random.pick(['Erupción', 'Comezón', 'Hinchazón', 'Dificultad para respirar'])
        const severity = random.pick(['Leve', 'Leve', 'Moderada', 'Grave'])
        const day = plan.registered(index)
        yield [id, kind, name, reaction, severity, dayText(day - random.between(200, 6000)), true, timeText(day, 790)]
      }
    },
  ),

  numbered(
    'antecedentes_medicos',
    'id_paciente tipo_categoria nombre_enfermedad parentesco fecha_inicio tratamiento_actual controlado activo fecha_registro',
    function* (plan) {
      for (const { index, id, random } of everyPatient(plan, 'antecedentes')) {
        if (!random.chance(0.4)) continue
        const [name, treatment] = random.pick([
          ['Diabetes mellitus tipo 2', 'Metformina 850 mg'],
          ['Diabetes mellitus tipo 2', 'Insulina glargina'],
          ['Hipertensión arterial', 'Losartán 50 mg'],
          ['Insuficiencia venosa', 'Medias de compresión'],
          ['Hipotiroidismo', 'Levotiroxina 50 µg'],
          ['Artritis reumatoide', 'Metotrexato'],
          ['Ácido úrico elevado', 'Alopurinol'],
        ])
        const family = random.chance(0.3)
        const day = plan.registered(index)
        yield [
          ...[
            id,
            family ? 'Heredofamiliar' : 'Patologico',
            name,
            family ? random.pick(['Madre', 'Padre', 'Abuelos']) : null,
          ],
          ...[
            dayText(day - random.between(300, 7000)),
            family ? null : treatment,
            random.chance(0.7),
            true,
            timeText(day, 791),
          ],
        ]
      }
    },
  ),

  numbered(
    'estilo_vida',
    'id_paciente tipo_dieta ejercicio_frecuencia tipo_ejercicio tabaquismo tabaco_cigarros_dia alcoholismo alcohol_frecuencia inmunizaciones_completas higiene_sueno_horas fecha_registro',
    function* (plan) {
      for (const { index, id, random } of everyPatient(plan, 'estilo')) {
        if (!random.chance(0.35)) continue
        const smokes = random.chance(0.14)
        const drinks = random.chance(0.2)
        yield [
          ...[
            id,
            random.pick(['Balanceada', 'Alta en carbohidratos', 'Para diabético', 'Sin control']),
            random.pick(['Nunca', '1-2 por semana', '3-5 por semana']),
          ],
          ...[
            random.pick(['Caminata', 'Gimnasio', 'Bicicleta', 'Ninguno']),
            smokes,
            smokes ? random.between(1, 20) : null,
          ],
          ...[
            drinks,
            drinks ? 'Ocasional' : null,
            random.chance(0.8),
            random.between(5, 9),
            timeText(plan.registered(index), 792),
          ],
        ]
      }
    },
  ),

  numbered(
    'historia_ginecologica',
    'id_paciente menarca_edad ritmo_menstrual_dias gestaciones partos cesareas abortos metodo_anticonceptivo menopausia fecha_registro',
    function* (plan) {
      for (const { index, id, random } of everyPatient(plan, 'gineco')) {
        const { woman, bornDay } = plan.patient(index)
        const age = (plan.today - bornDay) / 365.25
        if (!woman || age < 15 || !random.chance(0.18)) continue
        const births = random.between(0, 4)
        const sections = random.between(0, births)
        yield [
          ...[id, random.between(10, 15), '28x5', births + random.between(0, 1), births - sections, sections, 0],
          ...[
            age < 48 ? random.pick(['DIU', 'Preservativo', 'Oral', null]) : null,
            age > 50,
            timeText(plan.registered(index), 793),
          ],
        ]
      }
    },
  ),

  numbered(
    'signos_vitales',
    'id_paciente id_cita fecha_registro peso_kg talla_cm imc ta_sistolica ta_diastolica frecuencia_cardiaca frecuencia_respiratoria temperatura_c saturacion_o2 glucosa_capilar registrado_por',
    function* (plan) {
      const random = plan.random('signos')
      for (const a of collected(plan).samples.vitals) {
        random.at(a.id)
        const height = random.between(150, 182)
        const weight = random.between(52, 108)
        yield [
          ...[
            a.patient,
            a.id,
            timeText(a.day, a.start + 5),
            `${weight}.00`,
            `${height}.00`,
            (weight / (height / 100) ** 2).toFixed(2),
          ],
          ...[random.between(105, 155), random.between(62, 98), random.between(58, 96), random.between(12, 20)],
          ...[(36 + random.next() * 1.2).toFixed(2), random.between(94, 100), random.between(78, 210)],
          userOfPodiatrist(a.podiatrist),
        ]
      }
    },
  ),

  table(
    'scoring_pacientes',
    'id_paciente score_adherencia score_riesgo score_valor score_engagement total_citas citas_completadas citas_canceladas citas_no_asistio tasa_asistencia valor_total_facturado saldo_pendiente requiere_seguimiento prioridad_seguimiento ultima_actualizacion',
    function* (plan) {
      const { completed, cancelled, missed, waiting, billed } = collected(plan)
      const { owed } = till(plan)
      for (const { index, id, random } of everyPatient(plan, 'scoring')) {
        const done = completed[index] ?? 0
        const off = cancelled[index] ?? 0
        const absent = missed[index] ?? 0
        const rate = done + absent === 0 ? 0 : (100 * done) / (done + absent)
        const value = billed[index] ?? 0
        const follow = absent > 1 || (owed[index] ?? 0) > 0
        yield [
          ...[id, rate.toFixed(2), (100 - rate).toFixed(2), money(value), (random.next() * 100).toFixed(2)],
          ...[
            done + off + absent + (waiting[index] ?? 0),
            done,
            off,
            absent,
            rate.toFixed(2),
            money(value),
            money(owed[index] ?? 0),
          ],
          ...[follow, follow ? (absent > 2 ? 'Alta' : 'Media') : 'Baja', timeText(plan.today - 1, 1380)],
        ]
      }
    },
  ),

  numbered(
    'podologo_paciente_asignacion',
    'podologo_id paciente_id fecha_asignacion asignado_por notas activo',
    function* (plan) {
      for (const { index, id, random } of everyPatient(plan, 'asignacion')) {
        if (!random.chance(0.3)) continue
        const podiatrist = userOfPodiatrist(random.between(1, plan.podiatrists))
        yield [podiatrist, id, timeText(plan.registered(index), 795), random.pick(receptionists), null, true]
      }
    },
  ),

  numbered(
    'podologo_interino_asignacion',
    'paciente_id podologo_oficial_id podologo_interino_id fecha_inicio fecha_fin motivo asignado_por fecha_asignacion activo',
    function* (plan) {
      for (let index = 0; index < Math.min(8, plan.patients); index++) {
        const from = timeText(plan.today - 40 + index, 540)
        yield [
          index + 1,
          1,
          4,
          from,
          timeText(plan.today - 20 + index * 4, 1140),
          'Congreso de podología',
          2,
          from,
          index > 5,
        ]
      }
    },
  ),
]
