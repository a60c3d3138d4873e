-- La agenda.
-- Las fechas son horas locales de la clínica, sin zona.

CREATE TABLE citas (
  id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_paciente        bigint NOT NULL,
  id_podologo        bigint NOT NULL,
  fecha_hora_inicio  timestamp NOT NULL,
  fecha_hora_fin     timestamp NOT NULL,
  estado             text DEFAULT 'Pendiente',
  motivo_cancelacion text,
  es_primera_vez     boolean DEFAULT false,
  tipo_cita          text,
  notas_recepcion    text,
  fecha_creacion     timestamp DEFAULT CURRENT_TIMESTAMP,
  creado_por         bigint,
  cancelado_por      bigint,
  periodo            tsrange
);

CREATE TABLE detalle_cita (
  id                   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_cita              bigint NOT NULL,
  id_tratamiento       bigint NOT NULL,
  precio_aplicado      numeric(10,2) NOT NULL,
  descuento_porcentaje numeric(5,2) DEFAULT 0,
  precio_final         numeric(10,2) NOT NULL,
  notas_tratamiento    text,
  fecha_registro       timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE recordatorios_programados (
  id                     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_cita                bigint,
  id_paciente            bigint NOT NULL,
  id_contacto            bigint,
  tipo_recordatorio      text NOT NULL,
  fecha_envio_programada timestamp NOT NULL,
  fecha_envio_real       timestamp,
  id_plantilla           bigint,
  mensaje_personalizado  text,
  variables_plantilla    jsonb,
  canal                  text NOT NULL,
  prioridad              text DEFAULT 'Media',
  estado                 text DEFAULT 'Pendiente',
  id_mensaje_enviado     bigint,
  intentos_envio         integer DEFAULT 0,
  max_intentos           integer,
  proximo_intento        timestamp,
  error_detalle          text,
  paciente_respondio     boolean DEFAULT false,
  fecha_respuesta        timestamp,
  respuesta_texto        text,
  creado_por             bigint,
  creado_en              timestamp DEFAULT CURRENT_TIMESTAMP,
  cancelado_por          bigint,
  cancelado_en           timestamp
);

CREATE TABLE horarios_trabajo (
  id                    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_podologo           bigint NOT NULL,
  dia_semana            integer NOT NULL,
  hora_inicio           time NOT NULL,
  hora_fin              time NOT NULL,
  duracion_cita_minutos integer,
  tiempo_buffer_minutos integer,
  max_citas_simultaneas integer,
  activo                boolean DEFAULT true,
  fecha_inicio_vigencia date,
  fecha_fin_vigencia    date,
  creado_por            bigint,
  fecha_creacion        timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE bloques_horario (
  id                    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_podologo           bigint NOT NULL,
  fecha                 date NOT NULL,
  periodo               tsrange NOT NULL,
  tipo                  text DEFAULT 'Disponible',
  duracion_slot_minutos integer,
  notas                 text,
  creado_por            bigint,
  fecha_creacion        timestamp DEFAULT CURRENT_TIMESTAMP,
  modificado_por        bigint,
  fecha_modificacion    timestamp
);

CREATE TABLE bloqueos_agenda (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_podologo    bigint NOT NULL,
  fecha_inicio   timestamp NOT NULL,
  fecha_fin      timestamp NOT NULL,
  tipo_bloqueo   text NOT NULL,
  motivo         text,
  notas          text,
  es_recurrente  boolean DEFAULT false,
  activo         boolean DEFAULT true,
  creado_por     bigint,
  fecha_creacion timestamp DEFAULT CURRENT_TIMESTAMP
);
