-- Catálogos y ajustes.

CREATE TABLE tratamientos (
  id                      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  codigo_servicio         text NOT NULL UNIQUE,
  nombre_servicio         text NOT NULL,
  descripcion             text,
  precio_base             numeric(10,2) NOT NULL,
  duracion_minutos        integer,
  requiere_consentimiento boolean,
  activo                  boolean DEFAULT true,
  fecha_registro          timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE tratamiento_materiales (
  id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_tratamiento     bigint NOT NULL,
  id_producto        bigint NOT NULL,
  cantidad_requerida numeric(10,2),
  es_opcional        boolean DEFAULT false,
  notas              text,
  activo             boolean DEFAULT true
);

CREATE TABLE catalogo_servicios (
  id               serial PRIMARY KEY,
  nombre           text NOT NULL,
  descripcion      text,
  precio           numeric(10,2) NOT NULL,
  duracion_minutos integer NOT NULL,
  activo           boolean DEFAULT true
);

CREATE TABLE catalogo_cie10 (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  codigo         text NOT NULL UNIQUE,
  descripcion    text NOT NULL,
  categoria      text,
  subcategoria   text,
  activo         boolean DEFAULT true,
  notas          text,
  fecha_registro timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE plantillas_documentos (
  id                      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  nombre                  text NOT NULL,
  tipo_documento          text NOT NULL,
  contenido_html          text NOT NULL,
  contenido_css           text,
  variables_disponibles   jsonb,
  tamano_papel            text,
  orientacion             text,
  margenes                jsonb,
  incluir_encabezado      boolean,
  incluir_pie_pagina      boolean,
  encabezado_html         text,
  pie_pagina_html         text,
  requiere_firma_paciente boolean,
  requiere_firma_podologo boolean,
  posicion_firmas         jsonb,
  version                 integer,
  activo                  boolean DEFAULT true,
  es_predeterminada       boolean DEFAULT false,
  creado_por              bigint,
  fecha_creacion          timestamp DEFAULT CURRENT_TIMESTAMP,
  modificado_por          bigint,
  fecha_modificacion      timestamp
);

CREATE TABLE plantillas_mensajes (
  id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  nombre              text NOT NULL UNIQUE,
  categoria           text NOT NULL,
  contenido           text NOT NULL,
  variables           jsonb,
  canal               text,
  tipo_contenido      text,
  url_archivo         text,
  activo              boolean DEFAULT true,
  requiere_aprobacion boolean,
  descripcion         text,
  ejemplo_uso         text,
  creado_por          bigint,
  fecha_creacion      timestamp DEFAULT CURRENT_TIMESTAMP,
  modificado_por      bigint,
  fecha_modificacion  timestamp,
  veces_usado         integer DEFAULT 0,
  tasa_respuesta      numeric(5,2)
);

CREATE TABLE campos_formulario_voz (
  id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tabla_destino      text NOT NULL,
  campo_destino      text NOT NULL,
  nombre_amigable    text NOT NULL,
  categoria          text,
  tipo_dato          text NOT NULL,
  unidad_medida      text,
  valores_permitidos jsonb,
  validacion_regex   text,
  valor_minimo       numeric,
  valor_maximo       numeric,
  obligatorio        boolean,
  orden_sugerido     integer,
  prompt_ia          text,
  ejemplos_validos   jsonb,
  function_name      text,
  parametro_nombre   text,
  activo             boolean DEFAULT true,
  fecha_creacion     timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE etiquetas (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  nombre      text NOT NULL UNIQUE,
  color       text,
  descripcion text,
  activo      boolean DEFAULT true,
  creado_por  bigint
);

CREATE TABLE integraciones_webhook (
  id                      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  proveedor               text NOT NULL,
  nombre                  text NOT NULL,
  api_key                 text,
  webhook_url             text,
  webhook_secret          text,
  configuracion           jsonb,
  activo                  boolean DEFAULT true,
  ultimo_mensaje_recibido timestamp,
  ultimo_mensaje_enviado  timestamp,
  mensajes_enviados_hoy   integer DEFAULT 0,
  cuota_diaria            integer,
  fecha_creacion          timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE knowledge_base (
  id                  serial PRIMARY KEY,
  pregunta            text NOT NULL,
  respuesta           text NOT NULL,
  pregunta_embedding  bytea,
  categoria           text,
  veces_consultada    integer DEFAULT 0,
  confianza           double precision,
  fecha_creacion      timestamp DEFAULT CURRENT_TIMESTAMP,
  fecha_actualizacion timestamp,
  origen              text DEFAULT 'manual'
);
