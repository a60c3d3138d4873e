import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutLiterals } from '#electron/monitoring/statement-text.ts'

const seed = 20_261_124

describe('a statement without its literals', () => {
  it.each([
    ["SELECT * FROM pacientes WHERE nombre = 'Juana Pérez'", 'SELECT * FROM pacientes WHERE nombre = ?'],
    ["WHERE apellido = 'O''Brien' AND id=7", 'WHERE apellido = ? AND id=?'],
    ["SELECT E'a\\'b Juana', U&'\\0041na', B'101', x'FF', N'Ana'", 'SELECT ?, …'],
    ['SELECT $1, $2::text, $$Juana$$, $nota$Pérez $$ sigue$nota$', 'SELECT $1, $2::text, ?, …'],
    ['SELECT 1.5e10, .5, 0xFF, 1_000, t1.c2 LIMIT 10', 'SELECT ?, …, t1.c2 LIMIT ?'],
    ['-- Juana\nSELECT 1 -- Pérez', 'SELECT ?'],
    ['SELECT /* Juana /* anidada */ Pérez */ now()', 'SELECT now()'],
    ['SELECT "nombre_completo", "Juana Pérez" FROM "t"', 'SELECT "nombre_completo", "?" FROM "t"'],
    ['INSERT INTO citas VALUES (1, 2),\n  (3, 4)', 'INSERT INTO citas VALUES (?, …), (?, …)'],
    ["UPDATE pacientes SET nota = 'empieza y el servidor la cort", 'UPDATE pacientes SET nota = ?'],
    ['SELECT $nota$ no cierra Juana', 'SELECT ?'],
    ['SELECT /* no cierra Juana', 'SELECT'],
    ['SELECT "no cierra Juana', 'SELECT "?"'],
    // Whether the first string ends here depends on a setting of the server: what follows is not shown.
    ["SELECT 'a\\', 'Juana'", 'SELECT ?'],
    ["SELECT date '2026-11-24', interval '1 day'", 'SELECT date ?, interval ?'],
    ['BEGIN', 'BEGIN'],
    ['', ''],
  ])('%s', (sql, shown) => {
    expect(withoutLiterals(sql)).toBe(shown)
  })

  it('is cut to what a person reads', () => {
    expect(withoutLiterals(`SELECT ${'columna, '.repeat(200)}x`)).toHaveLength(401)
  })

  it(`never shows a value, however it is quoted and wherever the server cuts it off (seed ${seed})`, () => {
    const secret = 'JuanaPerez7712'
    const filler = fc.array(fc.constantFrom("''", '"', '$', '\\\\', '--', '/*', '*/', 'ñ', ' ', '\n', ';'), {
      maxLength: 6,
    })
    const inside = fc.tuple(filler, filler).map(([before, after]) => before.join('') + secret + after.join(''))
    const literal = fc.oneof(
      inside.map((text) => `'${text.replaceAll('\\', '')}'`),
      inside.map((text) => `E'${text}'`),
      inside.map((text) => `$q$${text}$q$`),
      inside.map((text) => `/*${text.replaceAll('/*', '').replaceAll('*/', '')}*/`),
      inside.map((text) => `--${text.replaceAll('\n', '')}\n`),
      fc.constant(`"${secret}"`),
      fc.integer({ min: 0 }).map((digits) => `${digits}`),
    )
    const word = fc.constantFrom('SELECT', 'FROM citas', 'WHERE a =', ',', '(', ')', 'IN', '"id"', '$1', ' ')
    fc.assert(
      fc.property(fc.array(fc.oneof(literal, word), { maxLength: 12 }), fc.nat(), (parts, cut) => {
        const sql = parts.join(' ')
        for (const text of [sql, sql.slice(0, cut % (sql.length + 1))]) {
          const shown = withoutLiterals(text)
          expect(shown).not.toContain('Juana')
          expect(shown.replaceAll('$1', '')).not.toMatch(/\d/)
        }
      }),
      { numRuns: 3_000, seed },
    )
  })
})
