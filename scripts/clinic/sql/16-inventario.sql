-- Almacén.

CREATE TABLE proveedores (
  id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  nombre_comercial   text NOT NULL,
  razon_social       text,
  rfc                text,
  tipo_proveedor     text,
  telefono           text,
  email              text,
  direccion          text,
  ciudad             text,
  estado             text,
  codigo_postal      text,
  contacto_principal text,
  dias_credito       integer,
  activo             boolean DEFAULT true,
  notas              text,
  fecha_registro     timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE inventario_productos (
  id                     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  codigo_producto        text NOT NULL UNIQUE,
  codigo_barras          text,
  nombre                 text NOT NULL,
  descripcion            text,
  categoria              text NOT NULL,
  subcategoria           text,
  stock_actual           integer DEFAULT 0,
  stock_minimo           integer,
  stock_maximo           integer,
  unidad_medida          text NOT NULL,
  costo_unitario         numeric(10,2),
  precio_venta           numeric(10,2),
  margen_ganancia        numeric(5,2),
  id_proveedor           bigint,
  tiempo_reposicion_dias integer,
  requiere_receta        boolean,
  controlado             boolean,
  tiene_caducidad        boolean,
  fecha_caducidad        date,
  lote                   text,
  ubicacion_almacen      text,
  activo                 boolean DEFAULT true,
  fecha_registro         timestamp DEFAULT CURRENT_TIMESTAMP,
  registrado_por         bigint
);

CREATE TABLE movimientos_inventario (
  id                       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_producto              bigint NOT NULL,
  tipo_movimiento          text NOT NULL,
  cantidad                 integer NOT NULL,
  stock_anterior           integer NOT NULL,
  stock_nuevo              integer NOT NULL,
  costo_unitario           numeric(10,2),
  costo_total              numeric(10,2),
  id_cita                  bigint,
  id_tratamiento           bigint,
  motivo                   text NOT NULL,
  numero_factura_proveedor text,
  lote                     text,
  fecha_caducidad          date,
  registrado_por           bigint NOT NULL,
  fecha_movimiento         timestamp
);
