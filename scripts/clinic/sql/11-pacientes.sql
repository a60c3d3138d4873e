-- Pacientes y lo que se sabe de su salud.

CREATE TABLE pacientes (
  id                          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  primer_nombre               text NOT NULL,
  segundo_nombre              text,
  primer_apellido             text NOT NULL,
  segundo_apellido            text,
  sexo                        text NOT NULL,
  fecha_nacimiento            date NOT NULL,
  curp                        text UNIQUE,
  estado_civil                text,
  telefono_principal          text NOT NULL,
  telefono_secundario         text,
  email                       text,
  calle                       text,
  numero_exterior             text,
  numero_interior             text,
  colonia                     text,
  ciudad                      text DEFAULT 'Mexicali',
  estado                      text DEFAULT 'Baja California',
  cp                          text,
  escolaridad                 text,
  ocupacion                   text,
  religion                    text,
  referencia_como_nos_conocio text,
  activo                      boolean DEFAULT true,
  fecha_registro              timestamp DEFAULT CURRENT_TIMESTAMP,
  creado_por                  bigint,
  modificado_por              bigint,
  fecha_modificacion          timestamp
);

CREATE TABLE alergias (
  id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_paciente       bigint NOT NULL,
  tipo_alergeno     text NOT NULL,
  nombre_alergeno   text NOT NULL,
  reaccion          text,
  severidad         text,
  fecha_diagnostico date,
  activo            boolean DEFAULT true,
  notas             text,
  fecha_registro    timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE antecedentes_medicos (
  id                   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_paciente          bigint NOT NULL,
  tipo_categoria       text NOT NULL,
  nombre_enfermedad    text NOT NULL,
  parentesco           text,
  fecha_inicio         date,
  descripcion_temporal text,
  tratamiento_actual   text,
  controlado           boolean,
  activo               boolean DEFAULT true,
  notas                text,
  fecha_registro       timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE estilo_vida (
  id                       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_paciente              bigint NOT NULL UNIQUE,
  tipo_dieta               text,
  descripcion_dieta        text,
  ejercicio_frecuencia     text,
  tipo_ejercicio           text,
  tabaquismo               boolean DEFAULT false,
  tabaco_cigarros_dia      integer,
  tabaco_anios             integer,
  alcoholismo              boolean DEFAULT false,
  alcohol_frecuencia       text,
  drogas                   boolean DEFAULT false,
  drogas_tipo              text,
  inmunizaciones_completas boolean,
  esquema_vacunacion       text,
  higiene_sueno_horas      numeric(3,1),
  exposicion_toxicos       text,
  suplementos_vitaminas    text,
  notas                    text,
  fecha_registro           timestamp DEFAULT CURRENT_TIMESTAMP,
  fecha_actualizacion      timestamp
);

CREATE TABLE historia_ginecologica (
  id                        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_paciente               bigint NOT NULL UNIQUE,
  menarca_edad              integer,
  ritmo_menstrual_dias      text,
  fecha_ultima_menstruacion date,
  gestaciones               integer,
  partos                    integer,
  cesareas                  integer,
  abortos                   integer,
  metodo_anticonceptivo     text,
  menopausia                boolean DEFAULT false,
  fecha_menopausia          date,
  notas_adicionales         text,
  fecha_registro            timestamp DEFAULT CURRENT_TIMESTAMP,
  modificado_por            bigint,
  fecha_modificacion        timestamp
);

CREATE TABLE signos_vitales (
  id                      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_paciente             bigint NOT NULL,
  id_cita                 bigint,
  fecha_registro          timestamp NOT NULL,
  peso_kg                 numeric(5,2),
  talla_cm                numeric(5,2),
  imc                     numeric(4,2),
  ta_sistolica            integer,
  ta_diastolica           integer,
  frecuencia_cardiaca     integer,
  frecuencia_respiratoria integer,
  temperatura_c           numeric(4,2),
  saturacion_o2           integer,
  glucosa_capilar         integer,
  registrado_por          bigint
);

CREATE TABLE scoring_pacientes (
  id_paciente               bigint PRIMARY KEY,
  score_adherencia          numeric(5,2),
  score_riesgo              numeric(5,2),
  score_valor               numeric(10,2),
  score_engagement          numeric(5,2),
  total_citas               integer DEFAULT 0,
  citas_completadas         integer DEFAULT 0,
  citas_canceladas          integer DEFAULT 0,
  citas_no_asistio          integer DEFAULT 0,
  tasa_asistencia           numeric(5,2),
  valor_total_facturado     numeric(10,2),
  saldo_pendiente           numeric(10,2),
  mensajes_respondidos      integer DEFAULT 0,
  mensajes_ignorados        integer DEFAULT 0,
  ultima_interaccion        timestamp,
  recomendacion_ia          text,
  requiere_seguimiento      boolean DEFAULT false,
  prioridad_seguimiento     text,
  ultima_actualizacion      timestamp,
  proxima_revision_sugerida date
);

CREATE TABLE podologo_paciente_asignacion (
  id               serial PRIMARY KEY,
  podologo_id      integer NOT NULL,
  paciente_id      integer NOT NULL,
  fecha_asignacion timestamp DEFAULT CURRENT_TIMESTAMP,
  asignado_por     integer,
  notas            text,
  activo           boolean DEFAULT true,
  UNIQUE (podologo_id, paciente_id)
);

CREATE TABLE podologo_interino_asignacion (
  id                   serial PRIMARY KEY,
  paciente_id          integer NOT NULL,
  podologo_oficial_id  integer NOT NULL,
  podologo_interino_id integer NOT NULL,
  fecha_inicio         timestamp,
  fecha_fin            timestamp,
  motivo               text,
  asignado_por         integer,
  fecha_asignacion     timestamp DEFAULT CURRENT_TIMESTAMP,
  activo               boolean DEFAULT true
);
