-- Cobros, facturas, gastos y cortes de caja.

CREATE TABLE pagos (
  id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_cita            bigint NOT NULL,
  fecha_pago         timestamp NOT NULL,
  monto_total        numeric(10,2) NOT NULL,
  monto_pagado       numeric(10,2) NOT NULL,
  saldo_pendiente    numeric(10,2),
  metodo_pago        text NOT NULL,
  referencia_pago    text,
  factura_solicitada boolean DEFAULT false,
  factura_emitida    boolean DEFAULT false,
  rfc_factura        text,
  folio_factura      text,
  estado_pago        text DEFAULT 'Pendiente',
  recibo_por         bigint,
  notas              text,
  fecha_registro     timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE facturas (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_pago         bigint,
  folio_fiscal    text NOT NULL UNIQUE,
  serie           text,
  folio           integer,
  rfc_emisor      text NOT NULL,
  rfc_receptor    text NOT NULL,
  nombre_receptor text,
  uso_cfdi        text,
  metodo_pago     text NOT NULL,
  forma_pago      text NOT NULL,
  subtotal        numeric(10,2) NOT NULL,
  iva             numeric(10,2) NOT NULL,
  total           numeric(10,2) NOT NULL,
  fecha_emision   timestamp NOT NULL,
  fecha_timbrado  timestamp,
  uuid_sat        text,
  estado_factura  text DEFAULT 'Vigente',
  xml_url         text,
  pdf_url         text,
  generado_por    bigint,
  notas           text,
  fecha_registro  timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE gastos (
  id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  categoria          text NOT NULL,
  concepto           text NOT NULL,
  monto              numeric(10,2) NOT NULL,
  fecha_gasto        timestamp NOT NULL,
  metodo_pago        text NOT NULL,
  factura_disponible boolean DEFAULT false,
  folio_factura      text,
  registrado_por     bigint,
  notas              text,
  fecha_registro     timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE cortes_caja (
  id                     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  fecha_corte            date NOT NULL UNIQUE,
  ingresos_efectivo      numeric(10,2),
  ingresos_tarjeta       numeric(10,2),
  ingresos_transferencia numeric(10,2),
  total_ingresos         numeric(10,2) DEFAULT 0,
  gastos_dia             numeric(10,2),
  saldo_final            numeric(10,2),
  realizado_por          bigint,
  notas                  text,
  fecha_registro         timestamp DEFAULT CURRENT_TIMESTAMP
);
