import { timeText } from '#scripts/clinic/calendar.js'
import { opening } from '#scripts/clinic/plan.js'
import { array, json, numbered } from '#scripts/clinic/rows.js'

export const whatsappTables = [
  numbered(
    'whatsapp_qr_sessions',
    'qr_code estado telefono_conectado nombre_dispositivo whatsapp_id proveedor fecha_generacion fecha_expiracion fecha_escaneo fecha_conexion fecha_desconexion iniciado_por',
    function* (plan) {
      for (let index = 0; index < 4; index++) {
        const day = plan.today - 200 + index * 60
        const open = index === 3
        yield [
          ...[`demo-${index}`, open ? 'conectado' : 'expirado', '6865550199', 'Recepción', '5216865550199', 'baileys'],
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
