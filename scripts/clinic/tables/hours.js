import { dayText, isHoliday, isOpen, shifts, timeText, weekday } from '#scripts/clinic/calendar.js'
import { opening } from '#scripts/clinic/plan.js'
import { numbered } from '#scripts/clinic/rows.js'

export const hoursTables = [
  numbered(
    'horarios_trabajo',
    'id_podologo dia_semana hora_inicio hora_fin duracion_cita_minutos tiempo_buffer_minutos max_citas_simultaneas activo fecha_inicio_vigencia creado_por fecha_creacion',
    function* (plan) {
      const hour = (/** @type {number} */ minute) => timeText(0, minute).slice(11)
      for (let podiatrist = 1; podiatrist <= plan.podiatrists; podiatrist++) {
        for (let dow = 1; dow <= 6; dow++) {
          for (const [from, to] of dow === 6 ? shifts.saturday : shifts.weekday) {
            yield [
              ...[podiatrist, dow, hour(from), hour(to), 30, 0, 1, true],
              ...[dayText(opening(plan)), 2, timeText(opening(plan), 650)],
            ]
          }
        }
      }
    },
  ),

  numbered(
    'bloques_horario',
    'id_podologo fecha periodo tipo duracion_slot_minutos notas creado_por fecha_creacion',
    function* (plan) {
      // the meeting at noon, once a week, for the first podiatrists
      for (let day = plan.today - 28; day <= plan.last; day++) {
        if (weekday(day) !== 1 || !isOpen(day)) continue
        for (let podiatrist = 1; podiatrist <= Math.min(plan.podiatrists, 6); podiatrist++) {
          const period = `["${timeText(day, 850)}","${timeText(day, 910)}")`
          yield [podiatrist, dayText(day), period, 'Reunion', 30, 'Reunión semanal', 2, timeText(day - 20, 660)]
        }
      }
    },
  ),

  numbered(
    'bloqueos_agenda',
    'id_podologo fecha_inicio fecha_fin tipo_bloqueo motivo notas es_recurrente activo creado_por fecha_creacion',
    function* (plan) {
      for (let day = plan.today - 120; day <= plan.last + 60; day++) {
        if (!isHoliday(day)) continue
        for (let podiatrist = 1; podiatrist <= Math.min(plan.podiatrists, 6); podiatrist++) {
          const stretch = [timeText(day, 0), timeText(day, 1439)]
          yield [
            podiatrist,
            ...stretch,
            'Festivo',
            'Día de descanso obligatorio',
            null,
            false,
            true,
            2,
            timeText(day - 90, 700),
          ]
        }
      }
      yield [
        ...[1, timeText(plan.last + 20, 540), timeText(plan.last + 27, 1140), 'Vacaciones', 'Congreso de podología'],
        ...['Reagendar a los pacientes', false, true, 1, timeText(plan.today - 10, 700)],
      ]
    },
  ),
]
