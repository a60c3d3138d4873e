import type { Row } from '#electron/database/database.ts'
import { type Group, hasEnds, within } from './agenda.ts'
import type { Period } from './periods.ts'
import { missing, type Question, unavailable } from './question.ts'
import { type Hours, hoursStatement, readBlocks, scheduledMinutes } from './schedule.ts'

/** Appointments in these states take nobody's time. */
const free: readonly string[] = ['cancelada', 'no_asistio']

/**
 * Which part of this week's working time is taken: the minutes of its appointments over the minutes of the active
 * podiatrists' working hours, Monday to Sunday, past and planned; over 100 when more is booked than scheduled.
 * Working hours are the active rows of `horarios_trabajo` on days within their validity, less the active rows of
 * `bloqueos_agenda` where the installation has that table. Appointments that were cancelled or missed take no time.
 * Before: the whole previous week.
 */
export const occupancy: Question<'occupancy'> = {
  figures: ['occupancy'],
  tables: ['citas', 'horarios_trabajo', 'podologos', 'bloqueos_agenda'],
  async ask(snapshot) {
    const { transaction, schema, periods } = snapshot
    const why = missing(schema, {
      horarios_trabajo: ['id_podologo', 'dia_semana', 'hora_inicio', 'hora_fin', 'activo'],
      podologos: ['id', 'activo'],
      citas: [
        schema.appointmentStart ?? 'fecha_hora_inicio',
        'estado',
        ...(hasEnds(snapshot) ? [] : ['fecha_hora_fin']),
      ],
    })
    const blocks = missing(schema, { bloqueos_agenda: ['id_podologo', 'fecha_inicio', 'fecha_fin', 'activo'] })
    const blind = why ?? (blocks?.reason === 'privilegeMissing' ? blocks : null)
    if (blind) return { occupancy: unavailable(blind) }
    const [groups, hours, closed] = await Promise.all([
      snapshot.agenda(),
      transaction.query<Hours & Row>(hoursStatement(schema)),
      blocks ? [] : readBlocks(snapshot),
    ])
    const [last, current] = scheduledMinutes(hours, closed, periods.whole.week.from.slice(0, 10))
    const percentOf = (scheduled: number, week: Period): number | null =>
      scheduled > 0 ? Math.round((1000 * bookedIn(groups, week)) / scheduled) / 10 : null
    const value = percentOf(current, periods.week)
    if (value === null) return { occupancy: unavailable({ reason: 'noSchedule' }) }
    return {
      occupancy: { state: value === 0 ? 'zero' : 'value', value, previous: percentOf(last, periods.whole.week) },
    }
  },
}

function bookedIn(groups: readonly Group[], week: Period): number {
  return groups
    .filter((group) => within(group.day, week) && !free.includes(group.state))
    .reduce((sum, { minutes }) => sum + (minutes ?? 0), 0)
}
