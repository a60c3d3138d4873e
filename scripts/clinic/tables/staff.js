import { dayText, isHoliday, isOpen, shifts, timeText } from '#scripts/clinic/calendar.js'
import { array, json, numbered, table } from '#scripts/clinic/rows.js'
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

/** The day the clinic opened, before the first appointment on record. @param {import('../plan.js').Plan} plan */
const opening = (plan) => plan.start - 800

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
    'horarios_trabajo',
    'id_podologo dia_semana hora_inicio hora_fin duracion_cita_minutos tiempo_buffer_minutos max_citas_simultaneas activo fecha_inicio_vigencia creado_por fecha_creacion',
    function* (plan) {
      const hour = (/** @type {number} */ minute) => timeText(0, minute).slice(11)
      for (let podiatrist = 1; podiatrist <= plan.podiatrists; podiatrist++) {
        for (let weekday = 1; weekday <= 6; weekday++) {
          for (const [from, to] of weekday === 6 ? shifts.saturday : shifts.weekday) {
            yield [
              ...[podiatrist, weekday, hour(from), hour(to), 30, 0, 1, true],
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
        if ((day + 4) % 7 !== 1 || !isOpen(day)) continue
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

  numbered('etiquetas', 'nombre color descripcion activo creado_por', function* () {
    const labels = [
      ...['Urgente', 'Primera vez', 'Pie diabético', 'Reagendar', 'Cobranza', 'Cotización', 'Queja', 'Felicitación'],
    ]
    const colors = ['#e03131', '#1971c2', '#6741d9', '#f08c00', '#c2255c', '#2f9e44', '#a61e4d', '#099268']
    for (const [index, label] of labels.entries()) yield [label, colors[index], null, true, 2]
  }),

  numbered(
    'integraciones_webhook',
    'proveedor nombre api_key webhook_url webhook_secret configuracion activo ultimo_mensaje_recibido ultimo_mensaje_enviado mensajes_enviados_hoy cuota_diaria fecha_creacion',
    function* (plan) {
      const since = timeText(opening(plan) + 200, 600)
      const recent = timeText(plan.today, 560)
      const address = 'https://hooks.podoskin.example/whatsapp'
      yield [
        'WhatsApp',
        'Línea principal',
        'demo-sin-valor',
        address,
        'demo-sin-valor',
        json({ idioma: 'es_MX' }),
        true,
        recent,
        recent,
        34,
        1000,
        since,
      ]
      yield ['Telegram', 'Avisos internos', null, null, null, json({}), false, null, null, 0, 100, since]
    },
  ),

  numbered(
    'campos_formulario_voz',
    'tabla_destino campo_destino nombre_amigable categoria tipo_dato unidad_medida valor_minimo valor_maximo obligatorio orden_sugerido ejemplos_validos function_name parametro_nombre activo fecha_creacion',
    function* (plan) {
      const since = timeText(opening(plan) + 300, 600)
      const fields = /** @type {const} */ ([
        ['signos_vitales', 'peso_kg', 'Peso', 'numeric', 'kg', 2, 300],
        ['signos_vitales', 'talla_cm', 'Talla', 'numeric', 'cm', 40, 230],
        ['signos_vitales', 'ta_sistolica', 'Presión sistólica', 'integer', 'mmHg', 60, 260],
        ['signos_vitales', 'ta_diastolica', 'Presión diastólica', 'integer', 'mmHg', 30, 160],
        ['signos_vitales', 'glucosa_capilar', 'Glucosa capilar', 'integer', 'mg/dL', 20, 600],
        ['nota_clinica', 'motivo_consulta', 'Motivo de consulta', 'text', null, null, null],
        ['nota_clinica', 'exploracion_fisica', 'Exploración física', 'text', null, null, null],
        ['nota_clinica', 'diagnostico_definitivo', 'Diagnóstico', 'text', null, null, null],
        ['nota_clinica', 'plan_tratamiento', 'Plan de tratamiento', 'text', null, null, null],
        ['alergias', 'nombre_alergeno', 'Alergia', 'text', null, null, null],
      ])
      for (const [index, [target, field, name, type, unit, low, high]] of fields.entries()) {
        yield [
          ...[target, field, name, target, type, unit, low, high, index < 6, index + 1, json([])],
          ...[`registrar_${target}`, field, true, since],
        ]
      }
    },
  ),

  numbered(
    'knowledge_base',
    'pregunta respuesta categoria veces_consultada confianza fecha_creacion fecha_actualizacion origen',
    function* (plan) {
      const since = timeText(opening(plan) + 300, 600)
      const known = [
        ['¿Cuál es el horario?', 'De lunes a viernes de 9 a 14 y de 16 a 19 h; sábados de 9 a 14 h.', 'horario'],
        ['¿Dónde están?', 'En la colonia Nueva, a una cuadra del bulevar.', 'ubicacion'],
        ['¿Cuánto cuesta la quiropodia?', 'La quiropodia cuesta $450.', 'precios'],
        ['¿Aceptan tarjeta?', 'Sí, débito y crédito, y transferencia.', 'pagos'],
        ['¿Atienden pie diabético?', 'Sí, con valoración integral y curaciones.', 'servicios'],
        ['¿Dan factura?', 'Sí, el mismo mes, con su constancia fiscal.', 'pagos'],
      ]
      for (const [index, [question, answer, kind]] of known.entries()) {
        yield [question, answer, kind, 140 - index * 17, 0.9, since, timeText(plan.today - 30 - index, 700), 'manual']
      }
    },
  ),

  numbered(
    'plantillas_mensajes',
    'nombre categoria contenido variables canal tipo_contenido activo requiere_aprobacion descripcion creado_por fecha_creacion veces_usado tasa_respuesta',
    function* (plan) {
      const since = timeText(opening(plan) + 210, 600)
      const templates = /** @type {const} */ ([
        ['Recordatorio 24 h', 'Recordatorio', 'Hola {nombre}, le esperamos mañana a las {hora}.', ['nombre', 'hora']],
        ['Recordatorio 2 h', 'Recordatorio', '{nombre}, su cita es hoy a las {hora}.', ['nombre', 'hora']],
        ['Confirmación', 'Confirmacion', 'Su cita quedó confirmada para el {fecha}.', ['fecha']],
        ['Cumpleaños', 'Promocion', '¡Feliz cumpleaños, {nombre}!', ['nombre']],
        ['Seguimiento', 'Seguimiento', '{nombre}, ¿cómo sigue de su pie?', ['nombre']],
        ['Bienvenida', 'Bienvenida', 'Gracias por escribir a PodoSkin.', []],
      ])
      for (const [index, [name, kind, text, variables]] of templates.entries()) {
        yield [
          name,
          kind,
          text,
          json(variables),
          'whatsapp',
          'Texto',
          true,
          false,
          null,
          2,
          since,
          900 - index * 120,
          '41.50',
        ]
      }
    },
  ),

  numbered(
    'plantillas_documentos',
    'nombre tipo_documento contenido_html variables_disponibles tamano_papel orientacion margenes incluir_encabezado incluir_pie_pagina requiere_firma_paciente requiere_firma_podologo version activo es_predeterminada creado_por fecha_creacion',
    function* (plan) {
      const since = timeText(opening(plan) + 100, 600)
      const margins = json({ arriba: 20, abajo: 20, izquierda: 20, derecha: 20 })
      for (const [name, kind, signed] of /** @type {const} */ ([
        ['Consentimiento quirúrgico', 'Consentimiento', true],
        ['Receta', 'Receta', false],
        ['Nota de evolución', 'Nota', false],
        ['Constancia de asistencia', 'Constancia', false],
        ['Historia clínica', 'Historia', true],
      ])) {
        const html = `<h1>${name}</h1><p>Paciente: {{paciente}}</p><p>Fecha: {{fecha}}</p>`
        yield [
          name,
          kind,
          html,
          json(['paciente', 'fecha']),
          'Carta',
          'Vertical',
          margins,
          true,
          true,
          signed,
          true,
          1,
          true,
          true,
          1,
          since,
        ]
      }
    },
  ),

  numbered(
    'respuestas_automaticas',
    'tipo_trigger trigger_valor condiciones mensaje id_plantilla acciones prioridad activo solo_primera_vez nombre veces_activada tasa_exito creado_por fecha_creacion',
    function* (plan) {
      const since = timeText(opening(plan) + 220, 600)
      const answers = [
        ['palabra_clave', 'precio', 'Con gusto le comparto la lista de precios.', null, 'Precios'],
        ['palabra_clave', 'horario', 'Abrimos de lunes a sábado.', null, 'Horario'],
        ['primera_vez', null, 'Gracias por escribir a PodoSkin.', 6, 'Bienvenida'],
        ['fuera_horario', null, 'En este momento estamos cerrados; le respondemos mañana.', null, 'Fuera de horario'],
        ['palabra_clave', 'cita', '¿Qué día le queda mejor?', null, 'Agendar'],
      ]
      for (const [index, [kind, word, text, template, name]] of answers.entries()) {
        yield [
          kind,
          word,
          json({}),
          text,
          template,
          json([]),
          index + 1,
          true,
          kind === 'primera_vez',
          name,
          400 - index * 60,
          '72.00',
          2,
          since,
        ]
      }
    },
  ),

  ...whatsappTables(),
]

function whatsappTables() {
  return [
    numbered(
      'whatsapp_qr_sessions',
      'qr_code estado telefono_conectado nombre_dispositivo whatsapp_id proveedor fecha_generacion fecha_expiracion fecha_escaneo fecha_conexion fecha_desconexion iniciado_por',
      function* (plan) {
        for (let index = 0; index < 4; index++) {
          const day = plan.today - 200 + index * 60
          const open = index === 3
          yield [
            ...[
              `demo-${index}`,
              open ? 'conectado' : 'expirado',
              '6865550199',
              'Recepción',
              '5216865550199',
              'baileys',
            ],
            ...[timeText(day, 560), timeText(day, 565), timeText(day, 561), timeText(day, 562)],
            ...[open ? null : timeText(day + 59, 500), 2],
          ]
        }
      },
    ),
    numbered(
      'whatsapp_config',
      'telefono_admin telefonos_respaldo estado grupos_activos session_id ultima_sesion_qr_id fecha_creacion fecha_actualizacion fecha_ultimo_inicio configurado_por',
      function* (plan) {
        const started = timeText(plan.today - 20, 562)
        yield [
          '6865550199',
          array(['6865550198']),
          'activo',
          false,
          'podoskin-demo',
          4,
          timeText(opening(plan), 600),
          started,
          started,
          2,
        ]
      },
    ),
    numbered(
      'whatsapp_contactos_especiales',
      'telefono nombre etiqueta descripcion comportamiento notificar_admin activo fecha_creacion creado_por',
      function* (plan) {
        const since = timeText(plan.today - 300, 600)
        yield [
          '6865550171',
          'Laboratorio Ungueal',
          'proveedor',
          'Pedidos de resina',
          'no_responder',
          false,
          true,
          since,
          2,
        ]
        yield ['6865550172', 'Contador', 'interno', 'Facturas del mes', 'no_responder', true, true, since, 2]
        yield ['6865550173', 'Mensajería', 'proveedor', null, 'normal', false, true, since, 2]
      },
    ),
    numbered('whatsapp_control_logs', 'accion detalles mensaje usuario_id fecha', function* (plan) {
      for (let index = 0; index < 12; index++) {
        const action = index % 3 === 0 ? 'reinicio' : index % 3 === 1 ? 'inicio' : 'consulta_estado'
        yield [
          action,
          json({ origen: 'panel' }),
          `Control del bot: ${action}`,
          2,
          timeText(plan.today - 60 + index * 5, 570),
        ]
      }
    }),
    numbered(
      'whatsapp_grupos',
      'group_id nombre descripcion bot_activo modo responder_menciones palabras_clave_activacion fecha_creacion fecha_ultimo_mensaje configurado_por',
      function* (plan) {
        const since = timeText(plan.today - 300, 600)
        yield [
          '120363000000000001@g.us',
          'Equipo PodoSkin',
          'Avisos internos',
          false,
          'silencioso',
          true,
          array(['bot', 'agenda']),
          since,
          timeText(plan.today, 600),
          2,
        ]
        yield [
          '120363000000000002@g.us',
          'Proveedores',
          null,
          false,
          'silencioso',
          false,
          array([]),
          since,
          timeText(plan.today - 4, 600),
          2,
        ]
      },
    ),
  ]
}
