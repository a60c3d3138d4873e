-- Los índices de una instalación real, y solo esos: a más de setenta llaves foráneas les falta el suyo.

-- personal
CREATE INDEX ON roles (activo);
CREATE INDEX ON usuarios (activo);
CREATE INDEX ON usuarios (email);
CREATE INDEX ON usuarios (id_rol);
CREATE INDEX ON permisos_usuarios (id_usuario);
CREATE INDEX ON podologos (activo);
CREATE INDEX ON auditoria (accion);
CREATE INDEX ON auditoria (fecha_hora);
CREATE INDEX ON auditoria (modulo);
CREATE INDEX ON auditoria (usuario_id);
CREATE INDEX ON notificaciones (fecha_envio);
CREATE INDEX ON notificaciones (usuario_id, leido);

-- pacientes
CREATE INDEX ON pacientes (activo);
CREATE INDEX ON pacientes (curp);
CREATE INDEX ON pacientes (primer_nombre, primer_apellido, segundo_apellido);
CREATE INDEX ON alergias (id_paciente);
CREATE INDEX ON alergias (id_paciente, activo);
CREATE INDEX ON antecedentes_medicos (id_paciente);
CREATE INDEX ON signos_vitales (id_paciente, fecha_registro);
CREATE INDEX ON scoring_pacientes (requiere_seguimiento, prioridad_seguimiento);
CREATE INDEX ON scoring_pacientes (score_adherencia);
CREATE INDEX ON scoring_pacientes (score_valor);
CREATE INDEX ON podologo_paciente_asignacion (paciente_id);
CREATE INDEX ON podologo_paciente_asignacion (podologo_id);
CREATE INDEX ON podologo_interino_asignacion (fecha_inicio, fecha_fin);
CREATE INDEX ON podologo_interino_asignacion (paciente_id);
CREATE INDEX ON podologo_interino_asignacion (podologo_interino_id);
CREATE INDEX ON podologo_interino_asignacion (podologo_oficial_id);

-- citas
CREATE INDEX ON citas (estado);
CREATE INDEX ON citas (id_paciente);
CREATE INDEX ON citas (id_podologo, fecha_hora_inicio);
ALTER TABLE citas ADD CONSTRAINT citas_sin_traslape EXCLUDE USING gist (id_podologo WITH =, periodo WITH &&)
  WHERE (lower(estado) <> 'cancelada');
CREATE INDEX ON citas USING gist (periodo);
CREATE INDEX ON detalle_cita (id_cita, id_tratamiento);
CREATE INDEX ON recordatorios_programados (fecha_envio_programada, estado);
CREATE INDEX ON recordatorios_programados (id_cita);
CREATE INDEX ON recordatorios_programados (id_paciente, tipo_recordatorio);
CREATE INDEX ON recordatorios_programados (tipo_recordatorio, estado);
CREATE INDEX ON horarios_trabajo (id_podologo, dia_semana, activo);
CREATE INDEX ON bloques_horario (id_podologo, fecha);
ALTER TABLE bloques_horario ADD CONSTRAINT bloques_sin_traslape EXCLUDE USING gist (id_podologo WITH =, periodo WITH &&);
CREATE INDEX ON bloques_horario USING gist (periodo);
CREATE INDEX ON bloqueos_agenda (fecha_inicio, fecha_fin);
CREATE INDEX ON bloqueos_agenda (id_podologo, fecha_inicio, fecha_fin);

-- expediente
CREATE INDEX ON nota_clinica (id_cie10_definitivo);
CREATE INDEX ON nota_clinica (id_cie10_presuntivo);
CREATE INDEX ON nota_clinica (id_cita);
CREATE INDEX ON consultas (fecha_consulta);
CREATE INDEX ON consultas (fecha_consulta, finalizada);
CREATE INDEX ON consultas (id_paciente);
CREATE INDEX ON consultas (id_podologo);
CREATE INDEX ON diagnosticos (id_consulta);
CREATE INDEX ON diagnosticos (id_paciente);
CREATE INDEX ON diagnosticos (id_paciente, activo);
CREATE INDEX ON diagnosticos_tratamiento (activo);
CREATE INDEX ON diagnosticos_tratamiento (fecha_diagnostico);
CREATE INDEX ON diagnosticos_tratamiento (id_cie10);
CREATE INDEX ON diagnosticos_tratamiento (id_detalle_cita);
CREATE INDEX ON diagnosticos_tratamiento (id_evolucion);
CREATE INDEX ON diagnosticos_tratamiento (tipo_diagnostico);
CREATE INDEX ON evolucion_tratamiento (id_detalle_cita);
CREATE INDEX ON consentimientos_informados (id_paciente);
CREATE INDEX ON archivos_multimedia (id_cita);
CREATE INDEX ON archivos_multimedia (id_paciente, tipo_archivo);
CREATE INDEX ON documentos_generados (estado, fecha_generacion);
CREATE INDEX ON documentos_generados (id_cita);
CREATE INDEX ON documentos_generados (id_paciente);
CREATE INDEX ON documentos_generados (id_paciente, tipo_documento);
CREATE INDEX ON historial_cambios_expediente (id_paciente, fecha_modificacion);
CREATE INDEX ON historial_cambios_expediente (modificado_por);

-- finanzas
CREATE INDEX ON pagos (estado_pago);
CREATE INDEX ON pagos (id_cita);
CREATE INDEX ON facturas (estado_factura);
CREATE INDEX ON facturas (fecha_emision);
CREATE INDEX ON facturas (id_pago);
CREATE INDEX ON facturas (rfc_receptor);
CREATE INDEX ON facturas (uuid_sat);
CREATE INDEX ON gastos (categoria);
CREATE INDEX ON gastos (fecha_gasto);
CREATE INDEX ON gastos (metodo_pago);
CREATE INDEX ON gastos (registrado_por);
CREATE INDEX ON cortes_caja (fecha_corte);
CREATE INDEX ON cortes_caja (realizado_por);

-- catalogos
CREATE INDEX ON tratamientos (activo);
CREATE INDEX ON tratamiento_materiales (id_tratamiento);
CREATE INDEX ON catalogo_servicios (activo);
CREATE INDEX ON catalogo_servicios (nombre);
CREATE INDEX ON catalogo_cie10 (activo);
CREATE INDEX ON catalogo_cie10 (categoria);
CREATE INDEX ON catalogo_cie10 (codigo);
CREATE INDEX ON catalogo_cie10 USING gin (to_tsvector('spanish', descripcion));
CREATE INDEX ON plantillas_documentos (tipo_documento, activo);
CREATE INDEX ON plantillas_mensajes (categoria, activo);
CREATE INDEX ON campos_formulario_voz (categoria, orden_sugerido);
CREATE INDEX ON campos_formulario_voz (tabla_destino, activo);
CREATE INDEX ON knowledge_base (categoria);
CREATE INDEX ON knowledge_base (fecha_creacion);

-- inventario
CREATE INDEX ON proveedores (activo);
CREATE INDEX ON proveedores (nombre_comercial);
CREATE INDEX ON proveedores (tipo_proveedor);
CREATE INDEX ON inventario_productos (categoria, activo);
CREATE INDEX ON inventario_productos (codigo_producto);
CREATE INDEX ON inventario_productos (id_proveedor);
CREATE INDEX ON inventario_productos (stock_actual, stock_minimo);
CREATE INDEX ON movimientos_inventario (id_cita);
CREATE INDEX ON movimientos_inventario (id_producto, fecha_movimiento);
CREATE INDEX ON movimientos_inventario (tipo_movimiento, fecha_movimiento);

-- conversaciones
CREATE INDEX ON contactos (activo, bloqueado);
CREATE INDEX ON contactos (id_paciente);
CREATE INDEX ON contactos (telefono);
CREATE INDEX ON contactos (tipo);
CREATE INDEX ON contactos (whatsapp_id);
CREATE INDEX ON conversaciones (asignado_a);
CREATE INDEX ON conversaciones (atendido_por);
CREATE INDEX ON conversaciones (canal);
CREATE INDEX ON conversaciones (categoria);
CREATE INDEX ON conversaciones (estado, fecha_ultima_actividad);
CREATE INDEX ON conversaciones (id_cita_relacionada);
CREATE INDEX ON conversaciones (id_contacto);
CREATE INDEX ON conversaciones (id_paciente);
CREATE INDEX ON conversaciones (requiere_atencion);
CREATE INDEX ON mensajes (direccion, fecha_envio);
CREATE INDEX ON mensajes (id_conversacion, fecha_envio);
CREATE INDEX ON mensajes (mensaje_id_externo);
CREATE INDEX ON mensajes (requiere_atencion_humana);
CREATE INDEX ON conversacion_etiquetas (id_conversacion);
CREATE INDEX ON conversacion_etiquetas (id_etiqueta);
CREATE INDEX ON analisis_sentimiento (fecha_analisis);
CREATE INDEX ON analisis_sentimiento (id_conversacion);
CREATE INDEX ON analisis_sentimiento (id_mensaje);
CREATE INDEX ON analisis_sentimiento (sentimiento, tono);
CREATE INDEX ON aprendizajes_agente (categoria);
CREATE INDEX ON aprendizajes_agente (efectividad);
CREATE INDEX ON aprendizajes_agente (fecha_creacion);
CREATE INDEX ON aprendizajes_agente (id);
CREATE INDEX ON aprendizajes_agente (id_conversacion);
CREATE INDEX ON aprendizajes_agente (id_paciente);
CREATE INDEX ON aprendizajes_agente USING gin (palabras_clave);
CREATE INDEX ON aprendizajes_agente (tono_cliente, tono_respuesta);
CREATE INDEX ON aprendizajes_agente (validado);
CREATE INDEX ON dudas_pendientes (aprendizaje_generado);
CREATE INDEX ON dudas_pendientes (atendido_por);
CREATE INDEX ON dudas_pendientes (estado);
CREATE INDEX ON dudas_pendientes (id_conversacion);
CREATE INDEX ON dudas_pendientes (paciente_chat_id);
CREATE INDEX ON respuestas_automaticas (tipo_trigger, activo);
CREATE INDEX ON log_eventos_bot (fecha_evento);
CREATE INDEX ON log_eventos_bot (id_conversacion);
CREATE INDEX ON log_eventos_bot (tipo_evento, fecha_evento);
CREATE INDEX ON whatsapp_qr_sessions (estado);
CREATE INDEX ON whatsapp_qr_sessions (estado, fecha_generacion);
CREATE INDEX ON whatsapp_qr_sessions (proveedor);
CREATE INDEX ON whatsapp_contactos_especiales (activo);
CREATE INDEX ON whatsapp_contactos_especiales (comportamiento);
CREATE INDEX ON whatsapp_contactos_especiales (etiqueta);
CREATE INDEX ON whatsapp_contactos_especiales (telefono);
CREATE INDEX ON whatsapp_control_logs (accion);
CREATE INDEX ON whatsapp_control_logs (fecha);
CREATE INDEX ON whatsapp_control_logs (usuario_id);
CREATE INDEX ON whatsapp_grupos (bot_activo);
CREATE INDEX ON whatsapp_grupos (group_id);
CREATE INDEX ON whatsapp_grupos (modo);

-- voz
CREATE INDEX ON sesiones_consulta_voz (fecha_inicio, estado);
CREATE INDEX ON sesiones_consulta_voz (id_cita);
CREATE INDEX ON sesiones_consulta_voz (id_podologo, fecha_inicio);
CREATE INDEX ON transcripcion_tiempo_real (id_sesion, hablante);
CREATE INDEX ON transcripcion_tiempo_real (id_sesion, timestamp_inicio);
CREATE INDEX ON transcripcion_tiempo_real USING gin (to_tsvector('spanish', texto));
CREATE INDEX ON comandos_voz_consulta (id_sesion, timestamp_audio);
CREATE INDEX ON comandos_voz_consulta (intencion_detectada);
CREATE INDEX ON function_calls_ejecutadas (id_sesion, fecha_ejecucion);
CREATE INDEX ON function_calls_ejecutadas (tabla_afectada, campo_afectado);
CREATE INDEX ON function_calls_ejecutadas (tipo_accion, estado_ejecucion);
CREATE INDEX ON auditoria_llenado_campos (id_sesion, fecha_modificacion);
CREATE INDEX ON auditoria_llenado_campos (requiere_validacion, validado);
CREATE INDEX ON auditoria_llenado_campos (tabla_afectada, campo_afectado);
