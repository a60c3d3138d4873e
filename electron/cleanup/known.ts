import type { Scope } from '#shared/cleanup.ts'

/** Scopes whose tables are emptied whole; users and podiatrists are chosen row by row. */
export type TableScope = Exclude<Scope, 'users' | 'podiatrists'>

/**
 * What the guide's list and each further scope take, by the clinic's own names
 * (`reference/clinic-database.md`), older installations included.
 */
export const scopeTables: Readonly<Record<TableScope, readonly string[]>> = {
  clinical: [
    ...['pacientes', 'alergias', 'antecedentes_medicos', 'estilo_vida', 'historia_ginecologica', 'signos_vitales'],
    ...['scoring_pacientes', 'podologo_paciente_asignacion', 'podologo_interino_asignacion'],
    ...['citas', 'detalle_cita', 'recordatorios_programados'],
    ...['nota_clinica', 'consultas', 'diagnosticos', 'diagnosticos_tratamiento', 'evolucion_tratamiento'],
    ...['consentimientos_informados', 'archivos_multimedia', 'documentos_generados'],
    ...['historial_cambios_expediente', 'expedientes_medicos'],
  ],
  finance: ['pagos', 'facturas', 'gastos', 'cortes_caja'],
  stock: ['movimientos_inventario', 'inventario_movimientos'],
  conversations: [
    ...['contactos', 'conversaciones', 'mensajes', 'conversacion_etiquetas', 'analisis_sentimiento'],
    ...['aprendizajes_agente', 'dudas_pendientes', 'log_eventos_bot'],
    ...['sesiones_consulta_voz', 'transcripcion_tiempo_real', 'comandos_voz_consulta'],
    ...['function_calls_ejecutadas', 'auditoria_llenado_campos'],
  ],
  audit: ['auditoria'],
}

export const users = 'usuarios'
export const patients = 'pacientes'
export const podiatrists = 'podologos'

/** What is nothing without its user, or its podiatrist: it goes with them. */
export const satellites = {
  users: ['permisos_usuarios', 'user_permissions'],
  podiatrists: ['horarios_trabajo', 'bloques_horario', 'bloqueos_agenda'],
} as const

const settings = [
  ...[users, podiatrists, 'roles', 'notificaciones', ...satellites.users, ...satellites.podiatrists],
  ...['tratamientos', 'tratamiento_materiales', 'catalogo_cie10', 'catalogo_servicios', 'plantillas_documentos'],
  ...['plantillas_mensajes', 'campos_formulario_voz', 'etiquetas', 'knowledge_base', 'integraciones_webhook'],
  ...['proveedores', 'inventario_productos', 'respuestas_automaticas'],
  ...['whatsapp_config', 'whatsapp_contactos_especiales', 'whatsapp_control_logs', 'whatsapp_grupos'],
  'whatsapp_qr_sessions',
]

/** Every table that somebody knows; any other that hangs on rows to be deleted is asked about. */
export const knownTables: ReadonlySet<string> = new Set([...Object.values(scopeTables).flat(), ...settings])

/** The schema of our own records: part of no plan (design, rule 10). */
export const ownSchema = 'podoskin_admin'
