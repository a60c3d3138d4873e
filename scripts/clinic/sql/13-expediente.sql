-- El expediente clínico.

CREATE TABLE nota_clinica (
  id                             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_cita                        bigint NOT NULL UNIQUE,
  motivo_consulta                text NOT NULL,
  padecimiento_actual            text,
  exploracion_fisica             text,
  diagnostico_presuntivo         text,
  diagnostico_definitivo         text,
  id_cie10_presuntivo            bigint,
  id_cie10_definitivo            bigint,
  codigo_cie10_presuntivo_manual text,
  codigo_cie10_definitivo_manual text,
  plan_tratamiento               text,
  indicaciones_paciente          text,
  pronostico                     text,
  proxima_cita_sugerida          date,
  fecha_elaboracion              timestamp DEFAULT CURRENT_TIMESTAMP,
  elaborado_por                  bigint NOT NULL
);

CREATE TABLE consultas (
  id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_paciente        bigint NOT NULL,
  id_podologo        bigint NOT NULL,
  id_cita            bigint,
  fecha_consulta     timestamp NOT NULL,
  motivo_consulta    text NOT NULL,
  sintomas           text,
  exploracion_fisica text,
  plan_tratamiento   text,
  indicaciones       text,
  observaciones      text,
  finalizada         boolean DEFAULT false,
  fecha_finalizacion timestamp,
  fecha_registro     timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE diagnosticos (
  id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_consulta        bigint NOT NULL,
  id_paciente        bigint NOT NULL,
  codigo_cie10       text,
  nombre_diagnostico text NOT NULL,
  tipo_diagnostico   text,
  descripcion        text,
  fecha_diagnostico  date NOT NULL,
  activo             boolean DEFAULT true,
  fecha_registro     timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE diagnosticos_tratamiento (
  id                      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_detalle_cita         bigint NOT NULL,
  id_evolucion            bigint,
  tipo_diagnostico        text NOT NULL,
  descripcion_diagnostico text NOT NULL,
  id_cie10                bigint,
  codigo_cie10_manual     text,
  fecha_diagnostico       timestamp,
  diagnosticado_por       bigint NOT NULL,
  notas                   text,
  activo                  boolean DEFAULT true
);

CREATE TABLE evolucion_tratamiento (
  id                     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_detalle_cita        bigint NOT NULL,
  numero_fase            integer NOT NULL,
  fecha_fase             date NOT NULL,
  descripcion_evolucion  text NOT NULL,
  resultado              text,
  indicaciones           text,
  fecha_proxima_revision date,
  registrado_por         bigint NOT NULL,
  fecha_registro         timestamp DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (id_detalle_cita, numero_fase)
);

CREATE TABLE consentimientos_informados (
  id                   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_paciente          bigint NOT NULL,
  id_tratamiento       bigint,
  id_cita              bigint,
  tipo_consentimiento  text NOT NULL,
  fecha_firma          date NOT NULL,
  firmado_digitalmente boolean DEFAULT false,
  id_archivo_escaneado bigint,
  testigo_1_nombre     text,
  testigo_2_nombre     text,
  revocado             boolean DEFAULT false,
  fecha_revocacion     date,
  notas                text,
  registrado_por       bigint,
  fecha_registro       timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE archivos_multimedia (
  id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_paciente        bigint NOT NULL,
  id_cita            bigint,
  id_evolucion       bigint,
  tipo_archivo       text NOT NULL,
  nombre_archivo     text NOT NULL,
  url_almacenamiento text NOT NULL,
  mime_type          text,
  tamanio_bytes      bigint,
  descripcion        text,
  fecha_subida       timestamp DEFAULT CURRENT_TIMESTAMP,
  subido_por         bigint
);

CREATE TABLE documentos_generados (
  id                         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_plantilla               bigint,
  id_paciente                bigint NOT NULL,
  id_cita                    bigint,
  id_nota_clinica            bigint,
  id_consentimiento          bigint,
  tipo_documento             text NOT NULL,
  proposito                  text,
  contenido_html             text NOT NULL,
  contenido_pdf_url          text,
  hash_documento             text,
  firma_digital_paciente     text,
  firma_digital_podologo     text,
  fecha_firma_paciente       timestamp,
  fecha_firma_podologo       timestamp,
  ip_firma_paciente          inet,
  ip_firma_podologo          inet,
  dispositivo_firma_paciente text,
  dispositivo_firma_podologo text,
  impreso                    boolean DEFAULT false,
  fecha_impresion            timestamp,
  impreso_por                bigint,
  numero_copias              integer,
  entregado_paciente         boolean DEFAULT false,
  fecha_entrega              timestamp,
  recibido_por               text,
  firma_recepcion            text,
  archivado_fisicamente      boolean DEFAULT false,
  ubicacion_archivo_fisico   text,
  fecha_archivo              timestamp,
  estado                     text DEFAULT 'Borrador',
  generado_por               bigint NOT NULL,
  fecha_generacion           timestamp DEFAULT CURRENT_TIMESTAMP,
  anulado_por                bigint,
  fecha_anulacion            timestamp,
  motivo_anulacion           text
);

CREATE TABLE historial_cambios_expediente (
  id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_paciente        bigint NOT NULL,
  seccion_modificada text NOT NULL,
  campo_modificado   text NOT NULL,
  valor_anterior     text,
  valor_nuevo        text,
  modificado_por     bigint NOT NULL,
  fecha_modificacion timestamp,
  motivo_cambio      text
);
