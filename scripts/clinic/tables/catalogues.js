import { timeText } from '#scripts/clinic/calendar.js'
import { numbered } from '#scripts/clinic/rows.js'
import { services } from '#scripts/clinic/services.js'

/** @type {readonly (readonly [string, string, string])[]} */
const cie10 = [
  ['Z01.8', 'Otros exámenes especiales', 'Exámenes'],
  ['L84', 'Callos y callosidades', 'Piel'],
  ['L60.0', 'Uña encarnada', 'Uñas'],
  ['L60.1', 'Onicólisis', 'Uñas'],
  ['L60.2', 'Onicogriposis', 'Uñas'],
  ['Z48.0', 'Atención de apósitos y suturas quirúrgicas', 'Exámenes'],
  ['B07.0', 'Verruga plantar', 'Infecciones'],
  ['B35.1', 'Tiña de las uñas', 'Infecciones'],
  ['B35.3', 'Tiña del pie', 'Infecciones'],
  ['E11.4', 'Diabetes mellitus tipo 2 con complicaciones neurológicas', 'Diabetes'],
  ['E11.5', 'Diabetes mellitus tipo 2 con complicaciones circulatorias periféricas', 'Diabetes'],
  ['L97', 'Úlcera de miembro inferior, no clasificada en otra parte', 'Piel'],
  ['M20.1', 'Hallux valgus adquirido', 'Huesos'],
  ['M20.4', 'Otros dedos en martillo adquiridos', 'Huesos'],
  ['M21.4', 'Pie plano adquirido', 'Huesos'],
  ['M21.6', 'Otras deformidades adquiridas del tobillo y del pie', 'Huesos'],
  ['M21.8', 'Otras deformidades adquiridas de los miembros, especificadas', 'Huesos'],
  ['M72.2', 'Fibromatosis de la aponeurosis plantar', 'Huesos'],
  ['M77.3', 'Espolón calcáneo', 'Huesos'],
  ['M77.4', 'Metatarsalgia', 'Huesos'],
  ['S93.4', 'Esguinces y torceduras del tobillo', 'Traumatismos'],
  ['S90.2', 'Contusión de dedos del pie con daño de las uñas', 'Traumatismos'],
  ['L74.5', 'Hiperhidrosis focal', 'Piel'],
  ['L30.9', 'Dermatitis, no especificada', 'Piel'],
  ['I83.9', 'Venas varicosas sin úlcera ni inflamación', 'Circulación'],
  ['G57.6', 'Lesión del nervio plantar', 'Nervios'],
]

/** The code of the diagnosis that each of `services` leads to. */
const codes = [
  ...['Z01.8', 'L84', 'L60.0', 'L60.0', 'Z48.0', 'B07.0', 'B35.1', 'E11.5', 'L97', 'M21.4'],
  ...['M21.6', 'M72.2', 'L84', 'M20.4', 'L60.1', 'S93.4', 'L74.5', 'M21.8'],
]
const ids = codes.map((code) => cie10.findIndex(([known]) => known === code) + 1)

/** @param {number} service position in `services` */
export const codeOf = (service) => codes[service] ?? 'Z01.8'
/** The row of `catalogo_cie10`. @param {number} service position in `services` */
export const diagnosisCode = (service) => ids[service] ?? 1

/**
 * Code, name, category, unit, cost in pesos, price in pesos or 0, least stock.
 * @type {readonly (readonly [string, string, string, string, number, number, number])[]}
 */
export const products = [
  ['MAT-001', 'Guantes de nitrilo (caja 100)', 'Material de curación', 'caja', 165, 0, 12],
  ['MAT-002', 'Gasa estéril 10×10', 'Material de curación', 'paquete', 48, 0, 30],
  ['MAT-003', 'Hoja de bisturí del 15', 'Instrumental', 'pieza', 9, 0, 100],
  ['MAT-004', 'Hoja de bisturí del 10', 'Instrumental', 'pieza', 9, 0, 80],
  ['MAT-005', 'Fresa de diamante', 'Instrumental', 'pieza', 140, 0, 8],
  ['MAT-006', 'Solución de yodopovidona 1 L', 'Antisépticos', 'frasco', 180, 0, 4],
  ['MAT-007', 'Alcohol isopropílico 1 L', 'Antisépticos', 'frasco', 75, 0, 6],
  ['MAT-008', 'Fenol al 88 % 30 mL', 'Medicamento', 'frasco', 320, 0, 3],
  ['MAT-009', 'Lidocaína al 2 % 50 mL', 'Medicamento', 'frasco', 95, 0, 6],
  ['MAT-010', 'Venda elástica 7 cm', 'Material de curación', 'pieza', 18, 35, 40],
  ['MAT-011', 'Apósito hidrocoloide', 'Material de curación', 'pieza', 62, 110, 20],
  ['MAT-012', 'Cinta neuromuscular 5 m', 'Material de curación', 'rollo', 120, 0, 10],
  ['MAT-013', 'Nitrógeno líquido (recarga)', 'Equipo', 'recarga', 450, 0, 1],
  ['MAT-014', 'Espuma fenólica para molde', 'Ortesis', 'caja', 95, 0, 15],
  ['MAT-015', 'EVA 3 mm para plantilla', 'Ortesis', 'placa', 210, 0, 10],
  ['MAT-016', 'Silicona para ortesis 250 g', 'Ortesis', 'frasco', 380, 0, 5],
  ['MAT-017', 'Resina ungueal', 'Ortesis', 'frasco', 540, 0, 3],
  ['MAT-018', 'Campo estéril', 'Material de curación', 'pieza', 14, 0, 60],
  ['MAT-019', 'Cubrebocas (caja 50)', 'Protección', 'caja', 60, 0, 10],
  ['MAT-020', 'Bolsa para esterilizar', 'Protección', 'paquete', 130, 0, 6],
  ['VTA-001', 'Crema de urea al 20 %', 'Venta', 'pieza', 140, 260, 15],
  ['VTA-002', 'Antimicótico tópico en barniz', 'Venta', 'pieza', 310, 540, 10],
  ['VTA-003', 'Talco antitranspirante', 'Venta', 'pieza', 65, 130, 12],
  ['VTA-004', 'Separador de silicona', 'Venta', 'par', 38, 90, 20],
  ['VTA-005', 'Calcetín para diabético', 'Venta', 'par', 85, 170, 20],
  ['VTA-006', 'Taloneras de gel', 'Venta', 'par', 110, 230, 10],
]

/** The product (from 1) that each of `services` uses up most. */
const materials = [1, 3, 4, 8, 2, 13, 7, 1, 11, 15, 14, 12, 3, 16, 17, 12, 6, 1]

/** @param {number} service position in `services` */
export const materialOf = (service) => materials[service] ?? 1

/** @param {import('../plan.js').Plan} plan */
const since = (plan) => timeText(plan.start - 700, 600)

export const catalogueTables = [
  numbered(
    'tratamientos',
    'codigo_servicio nombre_servicio descripcion precio_base duracion_minutos requiere_consentimiento activo fecha_registro',
    function* (plan) {
      for (const { code, name, price, minutes, consent = false, plan: text } of services) {
        yield [code, name, text, `${price}.00`, minutes, consent, true, since(plan)]
      }
    },
  ),
  numbered('catalogo_servicios', 'nombre descripcion precio duracion_minutos activo', function* () {
    for (const { name, price, minutes, plan: text } of services) yield [name, text, `${price}.00`, minutes, true]
  }),
  numbered('tratamiento_materiales', 'id_tratamiento id_producto cantidad_requerida es_opcional activo', function* () {
    for (const [index] of services.entries()) {
      yield [index + 1, materialOf(index), '1.00', false, true]
      yield [index + 1, materialOf(index) === 2 ? 7 : 2, '2.00', index % 3 === 0, true]
    }
  }),
  numbered('catalogo_cie10', 'codigo descripcion categoria activo fecha_registro', function* (plan) {
    for (const [code, text, kind] of cie10) yield [code, text, kind, true, since(plan)]
  }),
  numbered(
    'proveedores',
    'nombre_comercial razon_social rfc tipo_proveedor telefono email direccion ciudad estado codigo_postal contacto_principal dias_credito activo fecha_registro',
    function* (plan) {
      const names = [
        ...['Insumos Podológicos del Desierto', 'Distribuidora Médica Cachanilla', 'Ortesis y Plantillas Calafia'],
        ...['Farmacia Mayorista Río', 'Equipos Clínicos del Pacífico', 'Papelería Centro Cívico', 'Gases del Valle'],
      ]
      for (const [index, name] of names.entries()) {
        const kind = index < 2 ? 'Material' : index === 2 ? 'Ortesis' : index === 3 ? 'Medicamento' : 'Servicios'
        yield [
          ...[
            name,
            `${name}, S.A. de C.V.`,
            `DEM0101${String(index + 1).padStart(2, '0')}AA${index}`,
            kind,
            `686555020${index}`,
          ],
          ...[
            `ventas${index + 1}@proveedor.example`,
            'Calz. Independencia 1200',
            'Mexicali',
            'Baja California',
            '21000',
          ],
          ...['Ventas', index < 3 ? 30 : 15, index !== 6, since(plan)],
        ]
      }
    },
  ),
]
