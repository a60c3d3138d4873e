-- Consultas dictadas.

CREATE TABLE sesiones_consulta_voz (
  id                          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_cita                     bigint NOT NULL,
  id_paciente                 bigint NOT NULL,
  id_podologo                 bigint NOT NULL,
  fecha_inicio                timestamp NOT NULL,
  fecha_fin                   timestamp,
  duracion_segundos           integer,
  estado                      text DEFAULT 'En_Curso',
  url_grabacion_completa      text,
  transcripcion_completa      text,
  resumen_ia                  text,
  total_comandos_voz          integer DEFAULT 0,
  total_campos_llenados       integer DEFAULT 0,
  total_consultas_respondidas integer DEFAULT 0,
  gemini_session_id           text,
  modelo_utilizado            text,
  creado_en                   timestamp DEFAULT CURRENT_TIMESTAMP,
  actualizado_en              timestamp
);

CREATE TABLE transcripcion_tiempo_real (
  id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_sesion           bigint NOT NULL,
  timestamp_inicio    numeric(10,3) NOT NULL,
  timestamp_fin       numeric(10,3),
  duracion_ms         integer,
  hablante            text NOT NULL,
  texto               text NOT NULL,
  texto_normalizado   text,
  confianza           numeric(3,2),
  idioma_detectado    text,
  procesado_por_ia    boolean DEFAULT false,
  entidades_extraidas jsonb,
  requiere_atencion   boolean DEFAULT false,
  fecha_creacion      timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE comandos_voz_consulta (
  id                   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_sesion            bigint NOT NULL,
  id_transcripcion     bigint,
  comando_texto        text NOT NULL,
  comando_normalizado  text,
  timestamp_audio      numeric(10,3),
  intencion_detectada  text,
  confianza_intencion  numeric(3,2),
  parametros_extraidos jsonb,
  respuesta_texto      text,
  respuesta_audio_url  text,
  id_function_call     bigint,
  ejecutado            boolean DEFAULT false,
  fecha_creacion       timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE function_calls_ejecutadas (
  id                     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_sesion              bigint NOT NULL,
  function_name          text NOT NULL,
  timestamp_audio        numeric(10,3),
  parametros_entrada     jsonb NOT NULL,
  tipo_accion            text NOT NULL,
  estado_ejecucion       text DEFAULT 'Pendiente',
  resultado_ejecucion    jsonb,
  error_detalle          text,
  tabla_afectada         text,
  campo_afectado         text,
  valor_anterior         text,
  valor_nuevo            text,
  requiere_confirmacion  boolean DEFAULT false,
  confirmado_por_usuario boolean,
  confirmado_en          timestamp,
  fecha_ejecucion        timestamp DEFAULT CURRENT_TIMESTAMP,
  duracion_ms            integer
);

CREATE TABLE auditoria_llenado_campos (
  id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_sesion           bigint NOT NULL,
  id_function_call    bigint,
  tabla_afectada      text NOT NULL,
  campo_afectado      text NOT NULL,
  registro_id         bigint,
  valor_anterior      text,
  valor_nuevo         text NOT NULL,
  metodo_llenado      text NOT NULL,
  confianza_ia        numeric(3,2),
  requiere_validacion boolean DEFAULT false,
  validado            boolean DEFAULT false,
  validado_por        bigint,
  validado_en         timestamp,
  fecha_modificacion  timestamp
);
