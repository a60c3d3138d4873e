import { timeText } from '#scripts/clinic/calendar.js'
import { opening } from '#scripts/clinic/plan.js'
import { json, numbered } from '#scripts/clinic/rows.js'

export const settingsTables = [
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
]
