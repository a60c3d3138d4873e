-- Conversaciones con pacientes y prospectos, y el agente que las atiende.

CREATE TABLE contactos (
  id                       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  whatsapp_id              text UNIQUE,
  telegram_id              text UNIQUE,
  facebook_id              text UNIQUE,
  nombre                   text,
  telefono                 text,
  email                    text,
  tipo                     text DEFAULT 'Prospecto',
  id_paciente              bigint UNIQUE,
  origen                   text,
  utm_source               text,
  utm_campaign             text,
  activo                   boolean DEFAULT true,
  bloqueado                boolean DEFAULT false,
  acepto_terminos          boolean,
  fecha_primer_contacto    timestamp DEFAULT CURRENT_TIMESTAMP,
  fecha_ultima_interaccion timestamp,
  creado_por               bigint
);

CREATE TABLE conversaciones (
  id                                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_contacto                       bigint NOT NULL,
  canal                             text NOT NULL,
  estado                            text DEFAULT 'Activa',
  categoria                         text,
  intencion_detectada               text,
  confianza_intencion               numeric(3,2),
  entidades_extraidas               jsonb,
  asunto                            text,
  prioridad                         text DEFAULT 'Media',
  asignado_a                        bigint,
  id_cita_relacionada               bigint,
  fecha_inicio                      timestamp DEFAULT CURRENT_TIMESTAMP,
  fecha_cierre                      timestamp,
  fecha_ultima_actividad            timestamp,
  tiempo_primera_respuesta_segundos integer,
  tiempo_resolucion_minutos         integer,
  numero_mensajes                   integer DEFAULT 0,
  numero_mensajes_bot               integer DEFAULT 0,
  numero_mensajes_humano            integer DEFAULT 0,
  calificacion                      integer,
  comentario_calificacion           text,
  requiere_atencion                 boolean DEFAULT false,
  atendido_por                      bigint,
  fecha_atencion                    timestamp,
  notas_internas                    text,
  id_paciente                       bigint
);

CREATE TABLE mensajes (
  id                       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_conversacion          bigint NOT NULL,
  direccion                text NOT NULL,
  enviado_por_tipo         text NOT NULL,
  enviado_por_usuario      bigint,
  tipo_contenido           text DEFAULT 'Texto',
  contenido                text NOT NULL,
  url_archivo              text,
  mime_type                text,
  tamanio_bytes            bigint,
  mensaje_id_externo       text,
  respuesta_a_mensaje_id   bigint,
  estado_entrega           text DEFAULT 'Enviado',
  fecha_envio              timestamp DEFAULT CURRENT_TIMESTAMP,
  fecha_entrega            timestamp,
  fecha_lectura            timestamp,
  procesado_por_bot        boolean DEFAULT false,
  sentimiento              text,
  idioma_detectado         text,
  requiere_atencion_humana boolean DEFAULT false,
  metadata                 jsonb
);

CREATE TABLE conversacion_etiquetas (
  id_conversacion  bigint NOT NULL,
  id_etiqueta      bigint NOT NULL,
  asignado_por     bigint,
  fecha_asignacion timestamp DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (id_conversacion, id_etiqueta)
);

CREATE TABLE analisis_sentimiento (
  id                        serial PRIMARY KEY,
  id_mensaje                bigint,
  id_conversacion           bigint,
  sentimiento               text,
  confianza_sentimiento     double precision,
  tono                      text,
  confianza_tono            double precision,
  intencion                 text,
  confianza_intencion       double precision,
  emociones                 jsonb,
  palabras_clave_detectadas text[],
  modelo_utilizado          text,
  fecha_analisis            timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE aprendizajes_agente (
  id                  serial PRIMARY KEY,
  pregunta_original   text NOT NULL,
  contexto_trigger    text NOT NULL,
  palabras_clave      text[],
  pregunta_embedding  bytea,
  respuesta_sugerida  text NOT NULL,
  respuesta_admin     text NOT NULL,
  tono_cliente        text,
  intencion_cliente   text,
  tono_respuesta      text,
  resumen_aprendizaje text NOT NULL,
  categoria           text,
  tags                text[],
  confianza           double precision,
  veces_utilizado     integer DEFAULT 0,
  efectividad         double precision,
  id_conversacion     bigint,
  id_duda_pendiente   integer,
  id_paciente         bigint,
  origen              text DEFAULT 'duda_admin',
  validado            boolean DEFAULT false,
  validado_por        bigint,
  fecha_validacion    timestamp,
  version             integer,
  id_version_anterior integer,
  fecha_creacion      timestamp DEFAULT CURRENT_TIMESTAMP,
  fecha_actualizacion timestamp,
  fecha_ultimo_uso    timestamp,
  creado_por          bigint,
  modificado_por      bigint
);

CREATE TABLE dudas_pendientes (
  id                   serial PRIMARY KEY,
  paciente_chat_id     text NOT NULL,
  paciente_nombre      text,
  paciente_telefono    text,
  duda                 text NOT NULL,
  contexto             text,
  estado               text DEFAULT 'pendiente',
  respuesta_admin      text,
  fecha_creacion       timestamp DEFAULT CURRENT_TIMESTAMP,
  fecha_respuesta      timestamp,
  fecha_expiracion     timestamp,
  admin_chat_id        text,
  id_conversacion      bigint,
  id_paciente          bigint,
  atendido_por         bigint,
  aprendizaje_generado boolean DEFAULT false,
  id_aprendizaje       integer
);

CREATE TABLE respuestas_automaticas (
  id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tipo_trigger     text NOT NULL,
  trigger_valor    text,
  condiciones      jsonb,
  mensaje          text NOT NULL,
  id_plantilla     bigint,
  acciones         jsonb,
  prioridad        integer,
  activo           boolean DEFAULT true,
  solo_primera_vez boolean,
  nombre           text NOT NULL,
  descripcion      text,
  veces_activada   integer DEFAULT 0,
  tasa_exito       numeric(5,2),
  creado_por       bigint,
  fecha_creacion   timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE log_eventos_bot (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_conversacion bigint,
  id_mensaje      bigint,
  tipo_evento     text NOT NULL,
  nivel           text DEFAULT 'INFO',
  descripcion     text,
  datos           jsonb,
  fecha_evento    timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE whatsapp_qr_sessions (
  id                 serial PRIMARY KEY,
  qr_code            text NOT NULL,
  qr_image_url       text,
  estado             text DEFAULT 'pendiente',
  telefono_conectado text,
  nombre_dispositivo text,
  whatsapp_id        text,
  proveedor          text,
  fecha_generacion   timestamp DEFAULT CURRENT_TIMESTAMP,
  fecha_expiracion   timestamp,
  fecha_escaneo      timestamp,
  fecha_conexion     timestamp,
  fecha_desconexion  timestamp,
  iniciado_por       bigint
);

CREATE TABLE whatsapp_config (
  id                  serial PRIMARY KEY,
  telefono_admin      character varying(20) NOT NULL,
  telefonos_respaldo  text[],
  estado              character varying(20) DEFAULT 'inactivo',
  grupos_activos      boolean DEFAULT false,
  session_id          character varying(100),
  ultima_sesion_qr_id integer,
  fecha_creacion      timestamp DEFAULT CURRENT_TIMESTAMP,
  fecha_actualizacion timestamp,
  fecha_ultimo_inicio timestamp,
  fecha_ultimo_paro   timestamp,
  configurado_por     bigint
);

CREATE TABLE whatsapp_contactos_especiales (
  id                  serial PRIMARY KEY,
  telefono            character varying(20) NOT NULL UNIQUE,
  nombre              character varying(100) NOT NULL,
  etiqueta            character varying(50),
  descripcion         text,
  comportamiento      character varying(20) DEFAULT 'normal',
  contexto_ia         text,
  notificar_admin     boolean DEFAULT true,
  activo              boolean DEFAULT true,
  fecha_creacion      timestamp DEFAULT CURRENT_TIMESTAMP,
  fecha_actualizacion timestamp,
  creado_por          bigint
);

CREATE TABLE whatsapp_control_logs (
  id         serial PRIMARY KEY,
  accion     character varying(50) NOT NULL,
  detalles   jsonb,
  mensaje    text,
  usuario_id bigint,
  fecha      timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE whatsapp_grupos (
  id                        serial PRIMARY KEY,
  group_id                  character varying(100) NOT NULL UNIQUE,
  nombre                    character varying(100),
  descripcion               text,
  bot_activo                boolean DEFAULT true,
  modo                      character varying(20) DEFAULT 'activo',
  responder_menciones       boolean,
  palabras_clave_activacion text[],
  fecha_creacion            timestamp DEFAULT CURRENT_TIMESTAMP,
  fecha_actualizacion       timestamp,
  fecha_ultimo_mensaje      timestamp,
  configurado_por           bigint
);
