import { dayText, timeText } from '#scripts/clinic/calendar.js'
import { opening } from '#scripts/clinic/plan.js'
import { json, numbered, table } from '#scripts/clinic/rows.js'
import { collected } from '#scripts/clinic/sample.js'
import { services } from '#scripts/clinic/services.js'
import { hashOf, hiredPodiatrists, receptionists, roles, staff, userOfPodiatrist } from '#scripts/clinic/staff.js'

const roleRights = {
  Admin: { todo: true },
  Podologo: { citas: ['leer', 'editar'], expediente: ['leer', 'editar'], pacientes: ['leer', 'editar'] },
  Recepcionista: { citas: ['leer', 'crear', 'editar'], pacientes: ['leer', 'crear'], pagos: ['leer', 'crear'] },
  Asistente: { citas: ['leer'], pacientes: ['leer'] },
}
const roleWords = {
  Admin: 'Administración completa del sistema',
  Podologo: 'Atiende pacientes y escribe el expediente',
  Recepcionista: 'Agenda, cobros y altas de pacientes',
  Asistente: 'Consulta la agenda',
}

export const staffTables = [
  numbered('roles', 'nombre_rol descripcion permisos activo fecha_creacion', function* (plan) {
    for (const role of roles) yield [role, roleWords[role], json(roleRights[role]), true, timeText(opening(plan), 600)]
  }),

  table(
    'usuarios',
    'id nombre_usuario password_hash nombre_completo email id_rol activo ultimo_login fecha_registro creado_por',
    function* (plan) {
      const random = plan.random('usuarios')
      for (const [index, member] of staff.entries()) {
        const { user, name, role, active = true } = member
        const lastLogin = active ? timeText(plan.today - random.at(index).between(0, 3), 530 + index * 7) : null
        const by = index === 0 ? null : 1
        yield [
          ...[index + 1, user, hashOf(member), name, `${user}@podoskin.example`, roles.indexOf(role) + 1, active],
          ...[lastLogin, timeText(opening(plan) + index * 30, 610), by],
        ]
      }
      for (const { podiatrist, id, user, name, hash } of hiredPodiatrists(plan)) {
        const lastLogin = timeText(plan.today - random.at(id).between(0, 9), random.between(520, 700))
        yield [
          id,
          user,
          hash,
          name,
          `${user}@podoskin.example`,
          2,
          true,
          lastLogin,
          timeText(opening(plan) + podiatrist, 615),
          2,
        ]
      }
    },
  ),

  numbered(
    'permisos_usuarios',
    'id_usuario permisos fecha_creacion fecha_actualizacion actualizado_por',
    function* (plan) {
      for (const [index, { role }] of staff.entries()) {
        const since = timeText(opening(plan) + index * 30, 620)
        yield [index + 1, json(roleRights[role]), since, since, 1]
      }
    },
  ),

  table(
    'podologos',
    'id cedula_profesional nombre_completo especialidad telefono email activo fecha_contratacion fecha_registro id_usuario',
    function* (plan) {
      const fixed = [staff[0], staff[3]]
      for (const [index, member] of fixed.entries()) {
        const kind = index === 0 ? 'Podiatría y cirugía' : 'Podología general'
        yield [
          ...[
            index + 1,
            `1123458${index}`,
            member?.name,
            kind,
            `686555010${index}`,
            `${member?.user}@podoskin.example`,
            true,
          ],
          ...[dayText(opening(plan)), timeText(opening(plan), 640), userOfPodiatrist(index + 1)],
        ]
      }
      for (const { podiatrist, id, user, name, phone, random } of hiredPodiatrists(plan)) {
        const kind = random
          .at(podiatrist)
          .pick(['Podología general', 'Pie diabético', 'Biomecánica', 'Podología infantil'])
        yield [
          ...[podiatrist, String(12_000_000 + podiatrist * 37), name, kind, phone, `${user}@podoskin.example`, true],
          ...[dayText(opening(plan) + podiatrist), timeText(opening(plan) + podiatrist, 640), id],
        ]
      }
    },
  ),

  numbered(
    'auditoria',
    'usuario_id accion modulo descripcion datos_anteriores datos_nuevos ip_address fecha_hora',
    function* (plan) {
      const random = plan.random('auditoria')
      for (const a of collected(plan).samples.audit) {
        random.at(a.id)
        const user = random.chance(0.7) ? random.pick(receptionists) : userOfPodiatrist(a.podiatrist)
        const day = Math.min(plan.today, a.day - random.between(0, 3))
        const tail = [`192.168.1.${random.between(10, 40)}`, timeText(day, random.between(545, plan.now))]
        const kind = random.next()
        if (kind < 0.35) {
          yield [user, 'LOGIN', 'auth', 'Inicio de sesión', null, null, ...tail]
        } else if (kind < 0.7) {
          const before = { id: a.id, estado: 'Pendiente' }
          const after = { id: a.id, estado: 'Confirmada', servicio: services[a.service]?.name }
          yield [user, 'UPDATE', 'citas', `Cambio de estado de la cita ${a.id}`, json(before), json(after), ...tail]
        } else {
          const { first, surname, phone } = plan.patient(a.patient - 1)
          const after = { id: a.patient, nombre: `${first} ${surname}`, telefono_principal: phone }
          const before = { ...after, telefono_principal: `686${random.digits(7)}` }
          yield [user, 'UPDATE', 'pacientes', `Edición del paciente ${a.patient}`, json(before), json(after), ...tail]
        }
      }
    },
  ),

  numbered(
    'notificaciones',
    'usuario_id tipo titulo mensaje referencia_id referencia_tipo fecha_envio leido fecha_lectura',
    function* (plan) {
      const random = plan.random('notificaciones')
      for (let index = 0; index < 40; index++) {
        random.at(index)
        const day = plan.today - Math.floor((40 - index) / 2)
        const read = random.chance(0.7)
        const sent = `${timeText(day, random.between(545, 800))}-08`
        const [kind, title, text] = random.pick([
          ['cita', 'Cita por confirmar', 'Hay citas de mañana sin confirmar'],
          ['inventario', 'Existencias bajas', 'Un producto está por debajo de su mínimo'],
          ['mensaje', 'Mensaje sin atender', 'Un paciente espera respuesta por WhatsApp'],
          ['pago', 'Saldo pendiente', 'Un paciente tiene un saldo de más de 30 días'],
        ])
        const to = String(random.pick([1, 2, ...receptionists]))
        yield [to, kind, title, text, null, null, sent, read, read ? `${timeText(day, 820)}-08` : null]
      }
    },
  ),
]
