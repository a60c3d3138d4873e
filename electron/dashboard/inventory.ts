import { missing, type Question, unavailable } from './question.ts'

/** A page has no room for more, and nobody orders more at once. */
const mostProducts = 50

/**
 * What must be ordered: active products of `inventario_productos` whose `stock_actual` is not over their
 * `stock_minimo`, those with the smallest part of their minimum first, ties by name. A product without a stock or
 * without a minimum is not judged.
 */
export const inventory: Question<'criticalStock'> = {
  figures: ['criticalStock'],
  tables: ['inventario_productos'],
  async ask({ transaction, schema }) {
    const why = missing(schema, { inventario_productos: ['nombre', 'stock_actual', 'stock_minimo', 'activo'] })
    if (why) return { criticalStock: unavailable(why) }
    const unit = schema.has('inventario_productos', 'unidad_medida') ? `nullif(btrim(unidad_medida::text), '')` : 'NULL'
    const rows = await transaction.query(
      `SELECT nombre AS name, stock_actual::float8 AS stock, stock_minimo::float8 AS minimum, ${unit} AS unit,
              count(*) OVER () AS count
         FROM ${schema.quoted('inventario_productos')}
        WHERE activo AND stock_actual <= stock_minimo
        ORDER BY stock_actual::float8 / greatest(stock_minimo::float8, 1), nombre LIMIT ${mostProducts}`,
    )
    const products = rows.map(({ name, stock, minimum, unit: counted }) => ({
      name: String(name),
      stock: Number(stock),
      minimum: Number(minimum),
      unit: counted === null ? null : String(counted),
    }))
    const value = { count: Number(rows[0]?.count ?? 0), products }
    return { criticalStock: { state: value.count === 0 ? 'zero' : 'value', value, previous: null } }
  },
}
