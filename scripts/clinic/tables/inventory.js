import { dayText, timeText } from '#scripts/clinic/calendar.js'
import { numbered } from '#scripts/clinic/rows.js'
import { collected } from '#scripts/clinic/sample.js'
import { materialOf, products } from './catalogues.js'

export const inventoryTables = [
  numbered(
    'movimientos_inventario',
    'id_producto tipo_movimiento cantidad stock_anterior stock_nuevo costo_unitario costo_total id_cita id_tratamiento motivo numero_factura_proveedor registrado_por fecha_movimiento',
    function* (plan) {
      for (const m of movements(plan)) {
        const cost = products[m.product - 1]?.[4] ?? 0
        yield [
          ...[
            m.product,
            m.out ? 'Salida' : 'Entrada',
            m.quantity,
            m.before,
            m.after,
            `${cost}.00`,
            `${cost * m.quantity}.00`,
          ],
          ...[
            m.appointment,
            m.treatment,
            m.out ? 'Uso en cita' : 'Compra',
            m.out ? null : `FP-${m.product}-${m.day}`,
            2,
            timeText(m.day, m.minute),
          ],
        ]
      }
    },
  ),

  numbered(
    'inventario_productos',
    'codigo_producto codigo_barras nombre categoria stock_actual stock_minimo stock_maximo unidad_medida costo_unitario precio_venta margen_ganancia id_proveedor tiempo_reposicion_dias requiere_receta controlado tiene_caducidad fecha_caducidad lote ubicacion_almacen activo fecha_registro registrado_por',
    function* (plan) {
      const random = plan.random('productos')
      const stock = openingStock()
      for (const m of movements(plan)) stock[m.product - 1] = m.after
      for (const [index, [code, name, category, unit, cost, price, least]] of products.entries()) {
        random.at(index)
        const expires = ['Medicamento', 'Antisépticos', 'Venta'].includes(category)
        const margin = price ? (((price - cost) / price) * 100).toFixed(2) : null
        yield [
          ...[code, `750${random.digits(10)}`, name, category, stock[index], least, least * 6, unit, `${cost}.00`],
          ...[
            price ? `${price}.00` : null,
            margin,
            random.between(1, 7),
            random.between(2, 12),
            category === 'Medicamento',
            false,
          ],
          ...[expires, expires ? dayText(plan.today + random.between(20, 600)) : null, `L${random.digits(5)}`],
          ...[`Estante ${random.between(1, 6)}`, true, timeText(plan.start - 700, 610), 2],
        ]
      }
    },
  ),
]

const openingStock = () => products.map(([, , , , , , least], index) => (index % 9 === 5 ? least - 1 : least * 4))

/**
 * What goes out with appointments and comes in when it runs low: the last weeks nobody ordered every third product.
 * @param {import('../plan.js').Plan} plan
 */
function* movements(plan) {
  const stock = openingStock()
  for (const a of collected(plan).samples.movement) {
    const product = materialOf(a.service)
    const [, , , , , , least] = /** @type {(typeof products)[number]} */ (products[product - 1])
    const before = stock[product - 1] ?? 0
    const forgotten = product % 3 === 0 && a.day > plan.today - 45
    if (before <= least && !(forgotten && before > 0)) {
      const quantity = least * 4
      stock[product - 1] = before + quantity
      yield {
        ...{ product, out: false, quantity, before, after: before + quantity, appointment: null },
        treatment: null,
        day: a.day,
        minute: a.start - 30,
      }
    }
    const have = stock[product - 1] ?? 0
    stock[product - 1] = have - 1
    yield {
      ...{ product, out: true, quantity: 1, before: have, after: have - 1, appointment: a.id },
      treatment: a.service + 1,
      day: a.day,
      minute: a.start + 20,
    }
  }
}
