-- Lo que la base hace sola al escribir. Comparan los estados sin distinguir mayúsculas: hay instalaciones que los
-- guardan en minúsculas.

-- citas: siete disparadores -------------------------------------------------------------------------------------

CREATE FUNCTION citas_calcular_periodo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.fecha_hora_fin <= NEW.fecha_hora_inicio THEN
    RAISE EXCEPTION 'La cita debe terminar después de empezar' USING ERRCODE = 'check_violation';
  END IF;
  NEW.periodo := tsrange(NEW.fecha_hora_inicio, NEW.fecha_hora_fin, '[)');
  RETURN NEW;
END $$;
CREATE TRIGGER citas_01_periodo BEFORE INSERT OR UPDATE OF fecha_hora_inicio, fecha_hora_fin ON citas
  FOR EACH ROW EXECUTE FUNCTION citas_calcular_periodo();

CREATE FUNCTION citas_validar_horario() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM horarios_trabajo h
    WHERE h.id_podologo = NEW.id_podologo AND h.activo
      AND h.dia_semana = extract(dow FROM NEW.fecha_hora_inicio)
      AND NEW.fecha_hora_inicio::date = (NEW.fecha_hora_fin - interval '1 second')::date
      AND NEW.fecha_hora_inicio::time >= h.hora_inicio AND NEW.fecha_hora_fin::time <= h.hora_fin
      AND (h.fecha_inicio_vigencia IS NULL OR NEW.fecha_hora_inicio::date >= h.fecha_inicio_vigencia)
      AND (h.fecha_fin_vigencia IS NULL OR NEW.fecha_hora_inicio::date <= h.fecha_fin_vigencia)
  ) THEN
    RAISE EXCEPTION 'La cita está fuera del horario de trabajo del podólogo' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER citas_02_horario BEFORE INSERT OR UPDATE OF id_podologo, fecha_hora_inicio, fecha_hora_fin ON citas
  FOR EACH ROW EXECUTE FUNCTION citas_validar_horario();

CREATE FUNCTION citas_validar_traslape() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF lower(NEW.estado) <> 'cancelada' AND EXISTS (
    SELECT FROM citas c
    WHERE c.id_podologo = NEW.id_podologo AND c.id IS DISTINCT FROM NEW.id
      AND lower(c.estado) <> 'cancelada' AND c.periodo && tsrange(NEW.fecha_hora_inicio, NEW.fecha_hora_fin, '[)')
  ) THEN
    RAISE EXCEPTION 'El podólogo ya tiene una cita a esa hora' USING ERRCODE = 'exclusion_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER citas_03_traslape
  BEFORE INSERT OR UPDATE OF id_podologo, fecha_hora_inicio, fecha_hora_fin, estado ON citas
  FOR EACH ROW EXECUTE FUNCTION citas_validar_traslape();

CREATE FUNCTION citas_validar_bloqueos() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM bloqueos_agenda b
    WHERE b.id_podologo = NEW.id_podologo AND b.activo
      AND b.fecha_inicio < NEW.fecha_hora_fin AND b.fecha_fin > NEW.fecha_hora_inicio
  ) THEN
    RAISE EXCEPTION 'La agenda del podólogo está bloqueada a esa hora' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER citas_04_bloqueos BEFORE INSERT OR UPDATE OF id_podologo, fecha_hora_inicio, fecha_hora_fin ON citas
  FOR EACH ROW EXECUTE FUNCTION citas_validar_bloqueos();

CREATE FUNCTION citas_marcar_primera_vez() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.es_primera_vez := NOT EXISTS (SELECT FROM citas c WHERE c.id_paciente = NEW.id_paciente);
  RETURN NEW;
END $$;
CREATE TRIGGER citas_05_primera_vez BEFORE INSERT ON citas
  FOR EACH ROW EXECUTE FUNCTION citas_marcar_primera_vez();

CREATE FUNCTION citas_programar_recordatorios() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.fecha_hora_inicio > localtimestamp AND lower(NEW.estado) IN ('pendiente', 'confirmada') THEN
    INSERT INTO recordatorios_programados
      (id_cita, id_paciente, tipo_recordatorio, fecha_envio_programada, canal, max_intentos, creado_por)
    VALUES
      (NEW.id, NEW.id_paciente, '24h', NEW.fecha_hora_inicio - interval '24 hours', 'whatsapp', 3, NEW.creado_por),
      (NEW.id, NEW.id_paciente, '2h', NEW.fecha_hora_inicio - interval '2 hours', 'whatsapp', 3, NEW.creado_por);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER citas_06_recordatorios AFTER INSERT ON citas
  FOR EACH ROW EXECUTE FUNCTION citas_programar_recordatorios();

CREATE FUNCTION citas_al_cambiar_estado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF lower(NEW.estado) IN ('cancelada', 'no_asistio') THEN
    UPDATE recordatorios_programados
    SET estado = 'Cancelado', cancelado_en = localtimestamp, cancelado_por = NEW.cancelado_por
    WHERE id_cita = NEW.id AND estado = 'Pendiente';
  END IF;
  UPDATE scoring_pacientes s SET
    citas_completadas = s.citas_completadas + (lower(NEW.estado) = 'completada')::int - (lower(OLD.estado) = 'completada')::int,
    citas_canceladas = s.citas_canceladas + (lower(NEW.estado) = 'cancelada')::int - (lower(OLD.estado) = 'cancelada')::int,
    citas_no_asistio = s.citas_no_asistio + (lower(NEW.estado) = 'no_asistio')::int - (lower(OLD.estado) = 'no_asistio')::int,
    ultima_actualizacion = localtimestamp
  WHERE s.id_paciente = NEW.id_paciente;
  RETURN NULL;
END $$;
CREATE TRIGGER citas_07_estado AFTER UPDATE OF estado ON citas
  FOR EACH ROW WHEN (OLD.estado IS DISTINCT FROM NEW.estado) EXECUTE FUNCTION citas_al_cambiar_estado();

-- dinero y almacén ----------------------------------------------------------------------------------------------

CREATE FUNCTION detalle_cita_calcular_precio() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.precio_final := round(NEW.precio_aplicado * (1 - coalesce(NEW.descuento_porcentaje, 0) / 100), 2);
  RETURN NEW;
END $$;
CREATE TRIGGER detalle_cita_precio BEFORE INSERT OR UPDATE ON detalle_cita
  FOR EACH ROW EXECUTE FUNCTION detalle_cita_calcular_precio();

CREATE FUNCTION pagos_calcular_saldo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.saldo_pendiente := greatest(NEW.monto_total - NEW.monto_pagado, 0);
  IF lower(coalesce(NEW.estado_pago, '')) <> 'cancelado' THEN
    NEW.estado_pago := CASE WHEN NEW.saldo_pendiente = 0 THEN 'Pagado' WHEN NEW.monto_pagado > 0 THEN 'Parcial' ELSE 'Pendiente' END;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pagos_saldo BEFORE INSERT OR UPDATE ON pagos
  FOR EACH ROW EXECUTE FUNCTION pagos_calcular_saldo();

CREATE FUNCTION movimientos_actualizar_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT stock_actual INTO NEW.stock_anterior FROM inventario_productos WHERE id = NEW.id_producto FOR UPDATE;
  NEW.stock_nuevo := NEW.stock_anterior
    + CASE WHEN NEW.tipo_movimiento = 'Entrada' THEN NEW.cantidad WHEN NEW.tipo_movimiento = 'Salida' THEN -NEW.cantidad ELSE 0 END;
  IF NEW.stock_nuevo < 0 THEN
    RAISE EXCEPTION 'No hay existencias suficientes' USING ERRCODE = 'check_violation';
  END IF;
  UPDATE inventario_productos SET stock_actual = NEW.stock_nuevo WHERE id = NEW.id_producto;
  RETURN NEW;
END $$;
CREATE TRIGGER movimientos_inventario_stock BEFORE INSERT ON movimientos_inventario
  FOR EACH ROW EXECUTE FUNCTION movimientos_actualizar_stock();

-- expediente ----------------------------------------------------------------------------------------------------

CREATE FUNCTION signos_calcular_imc() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.imc := CASE WHEN NEW.peso_kg > 0 AND NEW.talla_cm > 0 THEN round(NEW.peso_kg / (NEW.talla_cm / 100) ^ 2, 2) END;
  RETURN NEW;
END $$;
CREATE TRIGGER signos_vitales_imc BEFORE INSERT OR UPDATE OF peso_kg, talla_cm ON signos_vitales
  FOR EACH ROW EXECUTE FUNCTION signos_calcular_imc();

CREATE FUNCTION signos_avisar_glucosa() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO notificaciones (usuario_id, tipo, titulo, mensaje, referencia_id, referencia_tipo)
  SELECT NEW.registrado_por::text, 'alerta_clinica', 'Glucosa fuera de rango',
    'Glucosa capilar de ' || NEW.glucosa_capilar || ' mg/dL', NEW.id_paciente, 'paciente';
  RETURN NULL;
END $$;
CREATE TRIGGER signos_vitales_alerta AFTER INSERT ON signos_vitales
  FOR EACH ROW WHEN (NEW.glucosa_capilar > 250 AND NEW.registrado_por IS NOT NULL)
  EXECUTE FUNCTION signos_avisar_glucosa();

CREATE FUNCTION documentos_sellar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.hash_documento := encode(sha256(convert_to(NEW.contenido_html, 'UTF8')), 'hex');
  IF NEW.firma_digital_paciente IS NOT NULL AND NEW.firma_digital_podologo IS NOT NULL AND NEW.estado = 'Borrador' THEN
    NEW.estado := 'Firmado';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER documentos_generados_sello BEFORE INSERT OR UPDATE ON documentos_generados
  FOR EACH ROW EXECUTE FUNCTION documentos_sellar();

-- agenda y asignaciones -----------------------------------------------------------------------------------------

CREATE FUNCTION bloques_validar_fecha() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF lower(NEW.periodo)::date <> NEW.fecha OR isempty(NEW.periodo) THEN
    RAISE EXCEPTION 'El bloque debe empezar en su fecha' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER bloques_horario_fecha BEFORE INSERT OR UPDATE ON bloques_horario
  FOR EACH ROW EXECUTE FUNCTION bloques_validar_fecha();

CREATE FUNCTION interinos_cerrar_anterior() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE podologo_interino_asignacion SET activo = false, fecha_fin = coalesce(fecha_fin, localtimestamp)
  WHERE paciente_id = NEW.paciente_id AND activo;
  RETURN NEW;
END $$;
CREATE TRIGGER podologo_interino_unico BEFORE INSERT ON podologo_interino_asignacion
  FOR EACH ROW WHEN (NEW.activo) EXECUTE FUNCTION interinos_cerrar_anterior();

-- conversaciones ------------------------------------------------------------------------------------------------

CREATE FUNCTION mensajes_contar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE conversaciones SET
    numero_mensajes = coalesce(numero_mensajes, 0) + 1,
    numero_mensajes_bot = coalesce(numero_mensajes_bot, 0) + (NEW.enviado_por_tipo = 'Bot')::int,
    numero_mensajes_humano = coalesce(numero_mensajes_humano, 0) + (NEW.enviado_por_tipo = 'Usuario_Sistema')::int,
    fecha_ultima_actividad = coalesce(NEW.fecha_envio, localtimestamp)
  WHERE id = NEW.id_conversacion;
  RETURN NULL;
END $$;
CREATE TRIGGER mensajes_contador AFTER INSERT ON mensajes FOR EACH ROW EXECUTE FUNCTION mensajes_contar();

CREATE FUNCTION tocar_fecha_actualizacion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.fecha_actualizacion := localtimestamp;
  RETURN NEW;
END $$;
CREATE TRIGGER aprendizajes_agente_fecha BEFORE UPDATE ON aprendizajes_agente
  FOR EACH ROW EXECUTE FUNCTION tocar_fecha_actualizacion();
CREATE TRIGGER permisos_usuarios_fecha BEFORE UPDATE ON permisos_usuarios
  FOR EACH ROW EXECUTE FUNCTION tocar_fecha_actualizacion();
CREATE TRIGGER whatsapp_config_fecha BEFORE UPDATE ON whatsapp_config
  FOR EACH ROW EXECUTE FUNCTION tocar_fecha_actualizacion();
CREATE TRIGGER whatsapp_contactos_especiales_fecha BEFORE UPDATE ON whatsapp_contactos_especiales
  FOR EACH ROW EXECUTE FUNCTION tocar_fecha_actualizacion();
CREATE TRIGGER whatsapp_grupos_fecha BEFORE UPDATE ON whatsapp_grupos
  FOR EACH ROW EXECUTE FUNCTION tocar_fecha_actualizacion();
