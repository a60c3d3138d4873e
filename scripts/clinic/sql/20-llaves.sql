-- Las llaves foráneas con su regla de borrado; ninguna es diferible.

-- personal
ALTER TABLE usuarios ADD FOREIGN KEY (creado_por) REFERENCES usuarios;
ALTER TABLE usuarios ADD FOREIGN KEY (id_rol) REFERENCES roles;
ALTER TABLE permisos_usuarios ADD FOREIGN KEY (actualizado_por) REFERENCES usuarios;
ALTER TABLE permisos_usuarios ADD FOREIGN KEY (id_usuario) REFERENCES usuarios ON DELETE CASCADE;
ALTER TABLE podologos ADD FOREIGN KEY (id_usuario) REFERENCES usuarios;
ALTER TABLE auditoria ADD FOREIGN KEY (usuario_id) REFERENCES usuarios;

-- pacientes
ALTER TABLE pacientes ADD FOREIGN KEY (creado_por) REFERENCES usuarios;
ALTER TABLE pacientes ADD FOREIGN KEY (modificado_por) REFERENCES usuarios;
ALTER TABLE alergias ADD FOREIGN KEY (id_paciente) REFERENCES pacientes;
ALTER TABLE antecedentes_medicos ADD FOREIGN KEY (id_paciente) REFERENCES pacientes;
ALTER TABLE estilo_vida ADD FOREIGN KEY (id_paciente) REFERENCES pacientes;
ALTER TABLE historia_ginecologica ADD FOREIGN KEY (id_paciente) REFERENCES pacientes;
ALTER TABLE historia_ginecologica ADD FOREIGN KEY (modificado_por) REFERENCES usuarios;
ALTER TABLE signos_vitales ADD FOREIGN KEY (id_cita) REFERENCES citas;
ALTER TABLE signos_vitales ADD FOREIGN KEY (id_paciente) REFERENCES pacientes;
ALTER TABLE signos_vitales ADD FOREIGN KEY (registrado_por) REFERENCES usuarios;
ALTER TABLE scoring_pacientes ADD FOREIGN KEY (id_paciente) REFERENCES pacientes;
ALTER TABLE podologo_paciente_asignacion ADD FOREIGN KEY (asignado_por) REFERENCES usuarios;
ALTER TABLE podologo_paciente_asignacion ADD FOREIGN KEY (paciente_id) REFERENCES pacientes ON DELETE CASCADE;
ALTER TABLE podologo_paciente_asignacion ADD FOREIGN KEY (podologo_id) REFERENCES usuarios ON DELETE CASCADE;
ALTER TABLE podologo_interino_asignacion ADD FOREIGN KEY (asignado_por) REFERENCES usuarios;
ALTER TABLE podologo_interino_asignacion ADD FOREIGN KEY (paciente_id) REFERENCES pacientes ON DELETE CASCADE;
ALTER TABLE podologo_interino_asignacion ADD FOREIGN KEY (podologo_interino_id) REFERENCES usuarios ON DELETE CASCADE;
ALTER TABLE podologo_interino_asignacion ADD FOREIGN KEY (podologo_oficial_id) REFERENCES usuarios ON DELETE CASCADE;

-- citas
ALTER TABLE citas ADD FOREIGN KEY (cancelado_por) REFERENCES usuarios;
ALTER TABLE citas ADD FOREIGN KEY (creado_por) REFERENCES usuarios;
ALTER TABLE citas ADD FOREIGN KEY (id_paciente) REFERENCES pacientes;
ALTER TABLE citas ADD FOREIGN KEY (id_podologo) REFERENCES podologos;
ALTER TABLE detalle_cita ADD FOREIGN KEY (id_cita) REFERENCES citas ON DELETE CASCADE;
ALTER TABLE detalle_cita ADD FOREIGN KEY (id_tratamiento) REFERENCES tratamientos;
ALTER TABLE recordatorios_programados ADD FOREIGN KEY (cancelado_por) REFERENCES usuarios;
ALTER TABLE recordatorios_programados ADD FOREIGN KEY (creado_por) REFERENCES usuarios;
ALTER TABLE recordatorios_programados ADD FOREIGN KEY (id_cita) REFERENCES citas ON DELETE CASCADE;
ALTER TABLE recordatorios_programados ADD FOREIGN KEY (id_contacto) REFERENCES contactos;
ALTER TABLE recordatorios_programados ADD FOREIGN KEY (id_mensaje_enviado) REFERENCES mensajes;
ALTER TABLE recordatorios_programados ADD FOREIGN KEY (id_paciente) REFERENCES pacientes;
ALTER TABLE recordatorios_programados ADD FOREIGN KEY (id_plantilla) REFERENCES plantillas_mensajes;
ALTER TABLE horarios_trabajo ADD FOREIGN KEY (creado_por) REFERENCES usuarios;
ALTER TABLE horarios_trabajo ADD FOREIGN KEY (id_podologo) REFERENCES podologos;
ALTER TABLE bloques_horario ADD FOREIGN KEY (creado_por) REFERENCES usuarios;
ALTER TABLE bloques_horario ADD FOREIGN KEY (id_podologo) REFERENCES podologos;
ALTER TABLE bloques_horario ADD FOREIGN KEY (modificado_por) REFERENCES usuarios;
ALTER TABLE bloqueos_agenda ADD FOREIGN KEY (creado_por) REFERENCES usuarios;
ALTER TABLE bloqueos_agenda ADD FOREIGN KEY (id_podologo) REFERENCES podologos;

-- expediente
ALTER TABLE nota_clinica ADD FOREIGN KEY (elaborado_por) REFERENCES podologos;
ALTER TABLE nota_clinica ADD FOREIGN KEY (id_cie10_definitivo) REFERENCES catalogo_cie10;
ALTER TABLE nota_clinica ADD FOREIGN KEY (id_cie10_presuntivo) REFERENCES catalogo_cie10;
ALTER TABLE nota_clinica ADD FOREIGN KEY (id_cita) REFERENCES citas;
ALTER TABLE consultas ADD FOREIGN KEY (id_cita) REFERENCES citas;
ALTER TABLE consultas ADD FOREIGN KEY (id_paciente) REFERENCES pacientes;
ALTER TABLE consultas ADD FOREIGN KEY (id_podologo) REFERENCES usuarios;
ALTER TABLE diagnosticos ADD FOREIGN KEY (id_consulta) REFERENCES consultas;
ALTER TABLE diagnosticos ADD FOREIGN KEY (id_paciente) REFERENCES pacientes;
ALTER TABLE diagnosticos_tratamiento ADD FOREIGN KEY (diagnosticado_por) REFERENCES podologos;
ALTER TABLE diagnosticos_tratamiento ADD FOREIGN KEY (id_cie10) REFERENCES catalogo_cie10;
ALTER TABLE diagnosticos_tratamiento ADD FOREIGN KEY (id_detalle_cita) REFERENCES detalle_cita ON DELETE CASCADE;
ALTER TABLE diagnosticos_tratamiento ADD FOREIGN KEY (id_evolucion) REFERENCES evolucion_tratamiento ON DELETE CASCADE;
ALTER TABLE evolucion_tratamiento ADD FOREIGN KEY (id_detalle_cita) REFERENCES detalle_cita ON DELETE CASCADE;
ALTER TABLE evolucion_tratamiento ADD FOREIGN KEY (registrado_por) REFERENCES podologos;
ALTER TABLE consentimientos_informados ADD FOREIGN KEY (id_archivo_escaneado) REFERENCES archivos_multimedia;
ALTER TABLE consentimientos_informados ADD FOREIGN KEY (id_cita) REFERENCES citas;
ALTER TABLE consentimientos_informados ADD FOREIGN KEY (id_paciente) REFERENCES pacientes;
ALTER TABLE consentimientos_informados ADD FOREIGN KEY (id_tratamiento) REFERENCES tratamientos;
ALTER TABLE consentimientos_informados ADD FOREIGN KEY (registrado_por) REFERENCES usuarios;
ALTER TABLE archivos_multimedia ADD FOREIGN KEY (id_cita) REFERENCES citas;
ALTER TABLE archivos_multimedia ADD FOREIGN KEY (id_evolucion) REFERENCES evolucion_tratamiento;
ALTER TABLE archivos_multimedia ADD FOREIGN KEY (id_paciente) REFERENCES pacientes;
ALTER TABLE archivos_multimedia ADD FOREIGN KEY (subido_por) REFERENCES usuarios;
ALTER TABLE documentos_generados ADD FOREIGN KEY (anulado_por) REFERENCES usuarios;
ALTER TABLE documentos_generados ADD FOREIGN KEY (generado_por) REFERENCES usuarios;
ALTER TABLE documentos_generados ADD FOREIGN KEY (id_cita) REFERENCES citas;
ALTER TABLE documentos_generados ADD FOREIGN KEY (id_consentimiento) REFERENCES consentimientos_informados;
ALTER TABLE documentos_generados ADD FOREIGN KEY (id_nota_clinica) REFERENCES nota_clinica;
ALTER TABLE documentos_generados ADD FOREIGN KEY (id_paciente) REFERENCES pacientes;
ALTER TABLE documentos_generados ADD FOREIGN KEY (id_plantilla) REFERENCES plantillas_documentos;
ALTER TABLE documentos_generados ADD FOREIGN KEY (impreso_por) REFERENCES usuarios;
ALTER TABLE historial_cambios_expediente ADD FOREIGN KEY (id_paciente) REFERENCES pacientes;
ALTER TABLE historial_cambios_expediente ADD FOREIGN KEY (modificado_por) REFERENCES usuarios;

-- finanzas
ALTER TABLE pagos ADD FOREIGN KEY (id_cita) REFERENCES citas;
ALTER TABLE pagos ADD FOREIGN KEY (recibo_por) REFERENCES usuarios;
ALTER TABLE facturas ADD FOREIGN KEY (generado_por) REFERENCES usuarios;
ALTER TABLE facturas ADD FOREIGN KEY (id_pago) REFERENCES pagos;
ALTER TABLE gastos ADD FOREIGN KEY (registrado_por) REFERENCES usuarios;
ALTER TABLE cortes_caja ADD FOREIGN KEY (realizado_por) REFERENCES usuarios;

-- catalogos
ALTER TABLE tratamiento_materiales ADD FOREIGN KEY (id_producto) REFERENCES inventario_productos;
ALTER TABLE tratamiento_materiales ADD FOREIGN KEY (id_tratamiento) REFERENCES tratamientos;
ALTER TABLE plantillas_documentos ADD FOREIGN KEY (creado_por) REFERENCES usuarios;
ALTER TABLE plantillas_documentos ADD FOREIGN KEY (modificado_por) REFERENCES usuarios;
ALTER TABLE plantillas_mensajes ADD FOREIGN KEY (creado_por) REFERENCES usuarios;
ALTER TABLE plantillas_mensajes ADD FOREIGN KEY (modificado_por) REFERENCES usuarios;
ALTER TABLE etiquetas ADD FOREIGN KEY (creado_por) REFERENCES usuarios;

-- inventario
ALTER TABLE inventario_productos ADD FOREIGN KEY (id_proveedor) REFERENCES proveedores;
ALTER TABLE inventario_productos ADD FOREIGN KEY (registrado_por) REFERENCES usuarios;
ALTER TABLE movimientos_inventario ADD FOREIGN KEY (id_cita) REFERENCES citas;
ALTER TABLE movimientos_inventario ADD FOREIGN KEY (id_producto) REFERENCES inventario_productos;
ALTER TABLE movimientos_inventario ADD FOREIGN KEY (id_tratamiento) REFERENCES tratamientos;
ALTER TABLE movimientos_inventario ADD FOREIGN KEY (registrado_por) REFERENCES usuarios;

-- conversaciones
ALTER TABLE contactos ADD FOREIGN KEY (creado_por) REFERENCES usuarios;
ALTER TABLE contactos ADD FOREIGN KEY (id_paciente) REFERENCES pacientes;
ALTER TABLE conversaciones ADD FOREIGN KEY (asignado_a) REFERENCES usuarios;
ALTER TABLE conversaciones ADD FOREIGN KEY (atendido_por) REFERENCES usuarios;
ALTER TABLE conversaciones ADD FOREIGN KEY (id_cita_relacionada) REFERENCES citas;
ALTER TABLE conversaciones ADD FOREIGN KEY (id_contacto) REFERENCES contactos;
ALTER TABLE conversaciones ADD FOREIGN KEY (id_paciente) REFERENCES pacientes;
ALTER TABLE mensajes ADD FOREIGN KEY (enviado_por_usuario) REFERENCES usuarios;
ALTER TABLE mensajes ADD FOREIGN KEY (id_conversacion) REFERENCES conversaciones ON DELETE CASCADE;
ALTER TABLE mensajes ADD FOREIGN KEY (respuesta_a_mensaje_id) REFERENCES mensajes;
ALTER TABLE conversacion_etiquetas ADD FOREIGN KEY (asignado_por) REFERENCES usuarios;
ALTER TABLE conversacion_etiquetas ADD FOREIGN KEY (id_conversacion) REFERENCES conversaciones ON DELETE CASCADE;
ALTER TABLE conversacion_etiquetas ADD FOREIGN KEY (id_etiqueta) REFERENCES etiquetas;
ALTER TABLE analisis_sentimiento ADD FOREIGN KEY (id_conversacion) REFERENCES conversaciones;
ALTER TABLE analisis_sentimiento ADD FOREIGN KEY (id_mensaje) REFERENCES mensajes;
ALTER TABLE aprendizajes_agente ADD FOREIGN KEY (creado_por) REFERENCES usuarios;
ALTER TABLE aprendizajes_agente ADD FOREIGN KEY (id_conversacion) REFERENCES conversaciones;
ALTER TABLE aprendizajes_agente ADD FOREIGN KEY (id_duda_pendiente) REFERENCES dudas_pendientes;
ALTER TABLE aprendizajes_agente ADD FOREIGN KEY (id_paciente) REFERENCES pacientes;
ALTER TABLE aprendizajes_agente ADD FOREIGN KEY (id_version_anterior) REFERENCES aprendizajes_agente;
ALTER TABLE aprendizajes_agente ADD FOREIGN KEY (modificado_por) REFERENCES usuarios;
ALTER TABLE aprendizajes_agente ADD FOREIGN KEY (validado_por) REFERENCES usuarios;
ALTER TABLE dudas_pendientes ADD FOREIGN KEY (atendido_por) REFERENCES usuarios;
ALTER TABLE dudas_pendientes ADD FOREIGN KEY (id_aprendizaje) REFERENCES aprendizajes_agente;
ALTER TABLE dudas_pendientes ADD FOREIGN KEY (id_conversacion) REFERENCES conversaciones;
ALTER TABLE dudas_pendientes ADD FOREIGN KEY (id_paciente) REFERENCES pacientes;
ALTER TABLE respuestas_automaticas ADD FOREIGN KEY (creado_por) REFERENCES usuarios;
ALTER TABLE respuestas_automaticas ADD FOREIGN KEY (id_plantilla) REFERENCES plantillas_mensajes;
ALTER TABLE log_eventos_bot ADD FOREIGN KEY (id_conversacion) REFERENCES conversaciones;
ALTER TABLE log_eventos_bot ADD FOREIGN KEY (id_mensaje) REFERENCES mensajes;
ALTER TABLE whatsapp_qr_sessions ADD FOREIGN KEY (iniciado_por) REFERENCES usuarios;
ALTER TABLE whatsapp_config ADD FOREIGN KEY (configurado_por) REFERENCES usuarios;
ALTER TABLE whatsapp_config ADD FOREIGN KEY (ultima_sesion_qr_id) REFERENCES whatsapp_qr_sessions;
ALTER TABLE whatsapp_contactos_especiales ADD FOREIGN KEY (creado_por) REFERENCES usuarios;
ALTER TABLE whatsapp_control_logs ADD FOREIGN KEY (usuario_id) REFERENCES usuarios;
ALTER TABLE whatsapp_grupos ADD FOREIGN KEY (configurado_por) REFERENCES usuarios;

-- voz
ALTER TABLE sesiones_consulta_voz ADD FOREIGN KEY (id_cita) REFERENCES citas;
ALTER TABLE sesiones_consulta_voz ADD FOREIGN KEY (id_paciente) REFERENCES pacientes;
ALTER TABLE sesiones_consulta_voz ADD FOREIGN KEY (id_podologo) REFERENCES podologos;
ALTER TABLE transcripcion_tiempo_real ADD FOREIGN KEY (id_sesion) REFERENCES sesiones_consulta_voz ON DELETE CASCADE;
ALTER TABLE comandos_voz_consulta ADD FOREIGN KEY (id_function_call) REFERENCES function_calls_ejecutadas;
ALTER TABLE comandos_voz_consulta ADD FOREIGN KEY (id_sesion) REFERENCES sesiones_consulta_voz ON DELETE CASCADE;
ALTER TABLE comandos_voz_consulta ADD FOREIGN KEY (id_transcripcion) REFERENCES transcripcion_tiempo_real;
ALTER TABLE function_calls_ejecutadas ADD FOREIGN KEY (id_sesion) REFERENCES sesiones_consulta_voz ON DELETE CASCADE;
ALTER TABLE auditoria_llenado_campos ADD FOREIGN KEY (id_function_call) REFERENCES function_calls_ejecutadas;
ALTER TABLE auditoria_llenado_campos ADD FOREIGN KEY (id_sesion) REFERENCES sesiones_consulta_voz ON DELETE CASCADE;
ALTER TABLE auditoria_llenado_campos ADD FOREIGN KEY (validado_por) REFERENCES usuarios;
