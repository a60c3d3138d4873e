-- Las vistas que la aplicación web consulta. De ellas cuelgan las tablas: no se pueden borrar ni cambiar de tipo.

CREATE VIEW v_agenda_dia AS
SELECT c.id, c.fecha_hora_inicio, c.fecha_hora_fin, c.estado, c.tipo_cita, c.es_primera_vez,
  concat_ws(' ', p.primer_nombre, p.primer_apellido, p.segundo_apellido) AS paciente, p.telefono_principal,
  d.id AS id_podologo, d.nombre_completo AS podologo
FROM citas c JOIN pacientes p ON p.id = c.id_paciente JOIN podologos d ON d.id = c.id_podologo
WHERE c.fecha_hora_inicio >= (CURRENT_TIMESTAMP AT TIME ZONE 'America/Tijuana')::date
  AND c.fecha_hora_inicio < (CURRENT_TIMESTAMP AT TIME ZONE 'America/Tijuana')::date + 1;

CREATE VIEW v_proximas_citas AS
SELECT c.id, c.fecha_hora_inicio, c.estado, c.id_paciente, c.id_podologo, p.primer_nombre, p.primer_apellido, p.telefono_principal
FROM citas c JOIN pacientes p ON p.id = c.id_paciente
WHERE c.fecha_hora_inicio > (CURRENT_TIMESTAMP AT TIME ZONE 'America/Tijuana')
  AND lower(c.estado) IN ('pendiente', 'confirmada');

CREATE VIEW v_citas_sin_confirmar AS
SELECT c.id, c.fecha_hora_inicio, c.id_paciente, c.id_podologo FROM citas c
WHERE lower(c.estado) = 'pendiente' AND c.fecha_hora_inicio > (CURRENT_TIMESTAMP AT TIME ZONE 'America/Tijuana');

CREATE VIEW v_inasistencias AS
SELECT c.id_paciente, count(*) AS inasistencias, max(c.fecha_hora_inicio) AS ultima
FROM citas c WHERE lower(c.estado) = 'no_asistio' GROUP BY c.id_paciente;

CREATE VIEW v_ocupacion_podologo AS
SELECT c.id_podologo, c.fecha_hora_inicio::date AS fecha, count(*) AS citas,
  sum(extract(epoch FROM c.fecha_hora_fin - c.fecha_hora_inicio) / 60)::int AS minutos
FROM citas c WHERE lower(c.estado) NOT IN ('cancelada', 'no_asistio') GROUP BY 1, 2;

CREATE VIEW v_horario_semanal AS
SELECT d.id AS id_podologo, d.nombre_completo, h.dia_semana, h.hora_inicio, h.hora_fin, h.duracion_cita_minutos
FROM podologos d JOIN horarios_trabajo h ON h.id_podologo = d.id WHERE d.activo AND h.activo;

CREATE VIEW v_bloqueos_vigentes AS
SELECT b.id, b.id_podologo, b.fecha_inicio, b.fecha_fin, b.tipo_bloqueo, b.motivo FROM bloqueos_agenda b
WHERE b.activo AND b.fecha_fin > (CURRENT_TIMESTAMP AT TIME ZONE 'America/Tijuana');

CREATE VIEW v_detalle_citas AS
SELECT dc.id, dc.id_cita, c.id_paciente, c.fecha_hora_inicio, t.codigo_servicio, t.nombre_servicio, dc.precio_final
FROM detalle_cita dc JOIN citas c ON c.id = dc.id_cita JOIN tratamientos t ON t.id = dc.id_tratamiento;

CREATE VIEW v_saldos_pendientes AS
SELECT c.id_paciente, count(*) AS pagos_abiertos, sum(g.saldo_pendiente) AS saldo
FROM pagos g JOIN citas c ON c.id = g.id_cita
WHERE g.saldo_pendiente > 0 AND g.estado_pago <> 'Cancelado' GROUP BY c.id_paciente;

CREATE VIEW v_ingresos_diarios AS
SELECT g.fecha_pago::date AS fecha, g.metodo_pago, count(*) AS pagos, sum(g.monto_pagado) AS total
FROM pagos g WHERE g.estado_pago <> 'Cancelado' GROUP BY 1, 2;

CREATE VIEW v_ingresos_mensuales AS
SELECT date_trunc('month', g.fecha_pago)::date AS mes, sum(g.monto_pagado) AS total
FROM pagos g WHERE g.estado_pago <> 'Cancelado' GROUP BY 1;

CREATE VIEW v_gastos_mensuales AS
SELECT date_trunc('month', g.fecha_gasto)::date AS mes, g.categoria, sum(g.monto) AS total FROM gastos g GROUP BY 1, 2;

CREATE VIEW v_balance_mensual AS
SELECT mes, coalesce(i.total, 0) AS ingresos, coalesce(e.total, 0) AS gastos, coalesce(i.total, 0) - coalesce(e.total, 0) AS utilidad
FROM v_ingresos_mensuales i
FULL JOIN (SELECT mes, sum(total) AS total FROM v_gastos_mensuales GROUP BY mes) e USING (mes);

CREATE VIEW v_facturacion AS
SELECT f.id, f.folio_fiscal, f.serie, f.folio, f.rfc_receptor, f.nombre_receptor, f.total, f.estado_factura, f.fecha_emision, g.id_cita
FROM facturas f LEFT JOIN pagos g ON g.id = f.id_pago;

CREATE VIEW v_cortes_caja AS
SELECT k.fecha_corte, k.total_ingresos, k.gastos_dia, k.saldo_final, u.nombre_completo AS realizado_por
FROM cortes_caja k LEFT JOIN usuarios u ON u.id = k.realizado_por;

CREATE VIEW v_servicios_mas_solicitados AS
SELECT t.id, t.nombre_servicio, count(*) AS veces, sum(dc.precio_final) AS importe
FROM detalle_cita dc JOIN tratamientos t ON t.id = dc.id_tratamiento GROUP BY t.id, t.nombre_servicio;

CREATE VIEW v_stock_critico AS
SELECT i.id, i.codigo_producto, i.nombre, i.categoria, i.stock_actual, i.stock_minimo, v.nombre_comercial AS proveedor
FROM inventario_productos i LEFT JOIN proveedores v ON v.id = i.id_proveedor
WHERE i.activo AND i.stock_actual <= i.stock_minimo;

CREATE VIEW v_caducidades AS
SELECT i.id, i.nombre, i.lote, i.fecha_caducidad FROM inventario_productos i
WHERE i.tiene_caducidad AND i.fecha_caducidad < CURRENT_DATE + 90;

CREATE VIEW v_kardex AS
SELECT m.id, m.fecha_movimiento, i.nombre, m.tipo_movimiento, m.cantidad, m.stock_anterior, m.stock_nuevo, m.motivo
FROM movimientos_inventario m JOIN inventario_productos i ON i.id = m.id_producto;

CREATE VIEW v_costo_materiales AS
SELECT tm.id_tratamiento, sum(tm.cantidad_requerida * i.costo_unitario) AS costo
FROM tratamiento_materiales tm JOIN inventario_productos i ON i.id = tm.id_producto WHERE tm.activo GROUP BY tm.id_tratamiento;

CREATE VIEW v_historial_paciente AS
SELECT c.id_paciente, c.id AS id_cita, c.fecha_hora_inicio, d.nombre_completo AS podologo, n.motivo_consulta,
  n.diagnostico_definitivo, n.plan_tratamiento
FROM citas c JOIN podologos d ON d.id = c.id_podologo LEFT JOIN nota_clinica n ON n.id_cita = c.id;

CREATE VIEW v_alergias_activas AS
SELECT a.id_paciente, string_agg(a.nombre_alergeno, ', ' ORDER BY a.nombre_alergeno) AS alergias
FROM alergias a WHERE a.activo GROUP BY a.id_paciente;

CREATE VIEW v_ficha_paciente AS
SELECT p.id, concat_ws(' ', p.primer_nombre, p.segundo_nombre, p.primer_apellido, p.segundo_apellido) AS nombre,
  p.fecha_nacimiento, p.telefono_principal, p.email, p.activo, a.alergias
FROM pacientes p LEFT JOIN v_alergias_activas a ON a.id_paciente = p.id;

CREATE VIEW v_ultimos_signos AS
SELECT DISTINCT ON (s.id_paciente) s.id_paciente, s.fecha_registro, s.peso_kg, s.imc, s.ta_sistolica, s.ta_diastolica, s.glucosa_capilar
FROM signos_vitales s ORDER BY s.id_paciente, s.fecha_registro DESC;

CREATE VIEW v_diagnosticos_frecuentes AS
SELECT x.codigo_cie10, x.nombre_diagnostico, count(*) AS veces FROM diagnosticos x GROUP BY 1, 2;

CREATE VIEW v_consentimientos_vigentes AS
SELECT k.id, k.id_paciente, k.tipo_consentimiento, k.fecha_firma, t.nombre_servicio
FROM consentimientos_informados k LEFT JOIN tratamientos t ON t.id = k.id_tratamiento WHERE NOT k.revocado;

CREATE VIEW v_conversaciones_abiertas AS
SELECT v.id, v.canal, v.prioridad, v.fecha_ultima_actividad, k.nombre AS contacto, k.telefono, v.requiere_atencion
FROM conversaciones v JOIN contactos k ON k.id = v.id_contacto WHERE v.estado <> 'Cerrada';

CREATE VIEW v_recordatorios_pendientes AS
SELECT r.id, r.id_cita, r.id_paciente, r.tipo_recordatorio, r.canal, r.fecha_envio_programada
FROM recordatorios_programados r WHERE r.estado = 'Pendiente';

CREATE VIEW v_usuarios_roles AS
SELECT u.id, u.nombre_usuario, u.nombre_completo, u.email, u.activo, r.nombre_rol, d.id AS id_podologo
FROM usuarios u JOIN roles r ON r.id = u.id_rol LEFT JOIN podologos d ON d.id_usuario = u.id;

CREATE VIEW v_sesiones_voz AS
SELECT s.id, s.id_cita, s.id_paciente, s.fecha_inicio, s.estado, count(f.id) AS funciones_ejecutadas
FROM sesiones_consulta_voz s LEFT JOIN function_calls_ejecutadas f ON f.id_sesion = s.id GROUP BY s.id;

-- Una copia con datos de pacientes, que guarda lo viejo hasta que se refresca.
CREATE MATERIALIZED VIEW mv_resumen_pacientes AS
SELECT p.id AS id_paciente, concat_ws(' ', p.primer_nombre, p.primer_apellido, p.segundo_apellido) AS nombre,
  p.telefono_principal, count(c.id) AS citas, max(c.fecha_hora_inicio) AS ultima_cita
FROM pacientes p LEFT JOIN citas c ON c.id_paciente = p.id
GROUP BY p.id;
CREATE UNIQUE INDEX ON mv_resumen_pacientes (id_paciente);
