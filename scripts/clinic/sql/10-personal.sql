-- Personal y acceso.

CREATE TABLE roles (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  nombre_rol     text NOT NULL UNIQUE,
  descripcion    text,
  permisos       jsonb,
  activo         boolean DEFAULT true,
  fecha_creacion timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE usuarios (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  nombre_usuario  text NOT NULL UNIQUE,
  password_hash   text NOT NULL,
  nombre_completo text NOT NULL,
  email           text NOT NULL UNIQUE,
  id_rol          bigint NOT NULL,
  activo          boolean DEFAULT true,
  ultimo_login    timestamp,
  fecha_registro  timestamp DEFAULT CURRENT_TIMESTAMP,
  creado_por      bigint
);

CREATE TABLE permisos_usuarios (
  id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_usuario          bigint NOT NULL UNIQUE,
  permisos            jsonb NOT NULL,
  fecha_creacion      timestamp DEFAULT CURRENT_TIMESTAMP,
  fecha_actualizacion timestamp,
  actualizado_por     bigint
);

CREATE TABLE podologos (
  id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  cedula_profesional text NOT NULL UNIQUE,
  nombre_completo    text NOT NULL,
  especialidad       text,
  telefono           text NOT NULL,
  email              text,
  activo             boolean DEFAULT true,
  fecha_contratacion date,
  fecha_registro     timestamp DEFAULT CURRENT_TIMESTAMP,
  id_usuario         bigint
);

CREATE TABLE auditoria (
  id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  usuario_id       bigint NOT NULL,
  accion           text NOT NULL,
  modulo           text NOT NULL,
  descripcion      text NOT NULL,
  datos_anteriores jsonb,
  datos_nuevos     jsonb,
  ip_address       text,
  fecha_hora       timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE notificaciones (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  usuario_id      text NOT NULL,
  tipo            text NOT NULL,
  titulo          text NOT NULL,
  mensaje         text NOT NULL,
  referencia_id   bigint,
  referencia_tipo text,
  fecha_envio     timestamptz DEFAULT CURRENT_TIMESTAMP,
  leido           boolean DEFAULT false,
  fecha_lectura   timestamptz
);
