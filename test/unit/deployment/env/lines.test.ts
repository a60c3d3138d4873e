import { parse } from 'dotenv'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignments, valuesOf } from '#electron/deployment/env/lines.ts'
import { withValues } from '#electron/deployment/env/write.ts'

const options = { seed: 20_261_124, numRuns: 600 }

const name = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,11}$/)
/** Values as people write them. `#` glued to an unquoted value is where the two dotenvs differ, and has its own test. */
const bare = fc.stringMatching(/^[\w@:/.+=!?%~,ñé-]{0,20}$/)
const inside = fc.stringMatching(/^[\w @:/.#$!?%ñé-]{0,20}$/)
const value = fc.oneof(
  bare,
  inside.map((text) => `'${text}'`),
  inside.map((text) => `"${text.replaceAll('$', '')}"`),
  inside.map((text) => `\`${text}\``),
)
const assignment = fc
  .tuple(
    fc.constantFrom('', 'export ', '  '),
    name,
    fc.constantFrom('=', ' = ', '= '),
    value,
    fc.constantFrom('', ' ', ' # nota'),
  )
  .map((parts) => parts.join(''))
const noise = fc.constantFrom('', '# comentario', '#A=1', '   ', 'sin signo', '=vacío', '# cañón "abierto')
const lines = fc.array(fc.oneof(assignment, assignment, noise), { maxLength: 20 })
const lineEnd = fc.constantFrom('\n', '\r\n')
const file = fc.tuple(lines, lineEnd, fc.boolean()).map(([all, end, last]) => all.join(end) + (last ? end : ''))

describe('reading a .env', () => {
  it('agrees with dotenv on files as people write them', () => {
    fc.assert(
      fc.property(file, (text) => {
        const ours = Object.fromEntries(assignments(text).map(({ name, value }) => [name, value]))
        expect(ours).toEqual(parse(text))
      }),
      options,
    )
  })

  it('keeps # in a value as Python does, where dotenv cuts it', () => {
    const [found] = assignments('DB_PASSWORD=a#b # nota\n')
    expect(found).toMatchObject({ value: 'a', pythonValue: 'a#b' })
  })

  it('reads values over several lines, the last of two, and a mark at the beginning', () => {
    expect(valuesOf('\uFEFFA=1\nKEY="uno\ndos"\nA=2').get('A')).toBe('2')
    expect(valuesOf('KEY="uno\r\ndos"').get('KEY')).toBe('uno\ndos')
    expect(valuesOf("A='it\\'s'").get('A')).toBe("it's")
  })

  it('is linear on hostile files', () => {
    for (const text of [
      '\n'.repeat(256_000),
      'A="'.repeat(85_000),
      `A=${"'\n".repeat(120_000)}`,
      ' '.repeat(256_000),
      'A '.repeat(128_000),
    ]) {
      const before = performance.now()
      assignments(text)
      expect(performance.now() - before).toBeLessThan(3_000)
    }
  })
})

describe('writing a .env', () => {
  const secret = fc.oneof(fc.string({ minLength: 1, maxLength: 24 }), fc.stringMatching(/^[ -~]{1,24}$/))

  it('changes only the values it is given: both dotenvs read them back, every other line stays', () => {
    fc.assert(
      fc.property(file, fc.dictionary(name, secret, { maxKeys: 4, noNullPrototype: true }), (text, wanted) => {
        const result = withValues(text, new Map(Object.entries(wanted)))
        if (result === null) {
          expect(Object.values(wanted).some((one) => !/^[\w ]+$/.test(one) || /^\s|\s$/.test(one))).toBe(true)
          return
        }
        const before = valuesOf(text)
        const read = parse(result)
        for (const [key, one] of Object.entries(wanted)) {
          expect(read[key]).toBe(one)
          expect(valuesOf(result).get(key)).toBe(one)
        }
        for (const [key, one] of before) if (!(key in wanted)) expect(valuesOf(result).get(key)).toBe(one)
        const comments = (all: string) => all.split(/\r?\n/).filter((line) => /^\s*#/.test(line))
        expect(comments(result)).toEqual(comments(text))
        if (Object.keys(wanted).length === 0) expect(result).toBe(text)
      }),
      options,
    )
  })

  it('writes the same again without a change', () => {
    fc.assert(
      fc.property(
        file,
        fc.dictionary(name, bare, { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
        (text, wanted) => {
          const once = withValues(text, new Map(Object.entries(wanted)))
          expect(once).not.toBeNull()
          expect(withValues(once ?? '', new Map(Object.entries(wanted)))).toBe(once)
        },
      ),
      options,
    )
  })

  it('keeps comments behind a value, Windows line ends and export', () => {
    expect(
      withValues(
        'export A=1 # uno\r\n\r\n# dos\r\n',
        new Map([
          ['A', '2'],
          ['B', 'x y'],
        ]),
      ),
    ).toBe("export A=2 # uno\r\n\r\n# dos\r\nB='x y'\r\n")
  })

  it('refuses what no reader would read back', () => {
    for (const bad of ['a\nb', 'a$'.concat('{HOME}b'), `'" #`])
      expect(withValues('A=1', new Map([['A', bad]]))).toBeNull()
  })
})
