import fc from 'fast-check'
import { z } from 'zod'
import { procedures } from '#shared/contract.ts'
import { type ProcedureName, procedureNames } from '#shared/names.ts'

/** A value described so that it can be made on the other side of a channel that would not carry it. */
export type Recipe =
  /** As JSON reads it: `__proto__` becomes a key like another. */
  | { readonly json: string }
  | { readonly odd: (typeof oddities)[number] }
  /** Another recipe's value at a place within a good input. */
  | { readonly into: string; readonly path: readonly string[]; readonly put: Recipe }

export const oddities = [
  ...(['undefined', 'nan', 'infinity', 'minusZero', 'bigint', 'date', 'invalidDate', 'regexp', 'error'] as const),
  ...(['map', 'set', 'bytes', 'buffer', 'view', 'sparse', 'cycle', 'ownLength', 'noPrototype', 'boxed'] as const),
  ...(['nul', 'surrogate', 'rightToLeft', 'deep', 'deeper', 'wide', 'long', 'tooLong', 'many', 'getter'] as const),
  ...(['prototype', 'constructor', 'thenable', 'toJson', 'function', 'symbol', 'proxy', 'promise', 'element'] as const),
] as const

/**
 * Makes the value of a recipe. Self-contained: its own text is sent to the page, whose values only exist there.
 */
export function make(recipe: Recipe): unknown {
  if ('json' in recipe) return JSON.parse(recipe.json)
  if ('into' in recipe) {
    const whole = JSON.parse(recipe.into)
    let holder = whole
    for (const name of recipe.path.slice(0, -1)) holder = holder?.[name]
    const last = recipe.path.at(-1)
    if (typeof holder === 'object' && holder !== null && last !== undefined) holder[last] = make(recipe.put)
    return whole
  }
  const nest = (depth: number) => {
    let value: unknown = 1
    for (let at = 0; at < depth; at += 1) value = at % 2 === 0 ? [value] : { value }
    return value
  }
  const made: Record<string, () => unknown> = {
    undefined: () => undefined,
    nan: () => Number.NaN,
    infinity: () => Number.POSITIVE_INFINITY,
    minusZero: () => -0,
    bigint: () => BigInt('9'.repeat(400)),
    date: () => new Date(0),
    invalidDate: () => new Date(Number.NaN),
    regexp: () => /(a+)+$/,
    error: () => new TypeError('no error of ours'),
    map: () => new Map([['id', 'x']]),
    set: () => new Set(['x']),
    bytes: () => new Uint8Array(64),
    buffer: () => new ArrayBuffer(64),
    view: () => new DataView(new ArrayBuffer(8)),
    sparse: () => Object.assign([], { length: 4_000_000 }),
    cycle: () => {
      const ring: Record<string, unknown> = { password: 'x' }
      ring.ring = [ring]
      return ring
    },
    ownLength: () => ({ length: 4_294_967_295, 0: 'x' }),
    noPrototype: () => Object.assign(Object.create(null), { id: 'x' }),
    boxed: () => Object('text'),
    nul: () => 'ana\u0000database\u0000postgres',
    surrogate: () => 'ana\ud800',
    rightToLeft: () => '\u202eana\u2066',
    deep: () => nest(400),
    deeper: () => nest(5_000),
    wide: () => Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`key${at}`, at])),
    long: () => 'ñ'.repeat(100_000),
    tooLong: () => 'x'.repeat(1_200_000),
    many: () => Array.from({ length: 20_000 }, () => 'x'),
    getter: () => ({
      get id() {
        throw new Error('looked at')
      },
    }),
    prototype: () => JSON.parse('{"__proto__":{"polluted":1,"role":"admin"}}'),
    constructor: () => JSON.parse('{"constructor":{"prototype":{"polluted":1}}}'),
    thenable: () => JSON.parse('{"then":1,"catch":1,"ok":true}'),
    toJson: () => ({ toJSON: 'x', toString: 'x', valueOf: 'x' }),
    function: () => () => 1,
    symbol: () => Symbol('x'),
    proxy: () => new Proxy({}, {}),
    promise: () => Promise.resolve({ id: 'x' }),
    element: () => (typeof document === 'undefined' ? {} : document.body),
  }
  return made[recipe.odd]?.()
}

/** The value as it arrives: on its way through the two worlds of the page a key `__proto__` gets lost. */
function carried(value: unknown, seen = new Set<unknown>()): unknown {
  if (typeof value !== 'object' || value === null || seen.has(value)) return value
  seen.add(value)
  if (Object.hasOwn(value, '__proto__')) Reflect.deleteProperty(value, '__proto__')
  for (const part of Object.values(value)) carried(part, seen)
  return value
}

/** What may arrive of a recipe: an object that only the page can hold arrives empty, or not at all. */
function arrivals(recipe: Recipe): readonly Recipe[] {
  if ('put' in recipe) return arrivals(recipe.put).map((put) => ({ ...recipe, put }))
  return 'odd' in recipe ? [{ json: '{}' }, { odd: 'undefined' }, recipe] : [recipe]
}

/** Whether the contract would take what arrives of it. */
export function isTaken(name: ProcedureName, recipe: Recipe): boolean {
  // Refused by its weight before anybody looks at its shape, which would take long.
  if (isHolding(recipe, ['sparse', 'tooLong', 'wide'])) return false
  try {
    return arrivals(recipe).some((one) => procedures[name].input.safeParse(carried(make(one))).success)
  } catch {
    return false
  }
}

/** Whether a recipe makes one of these, at any depth. */
export function isHolding(recipe: Recipe, odd: readonly (typeof oddities)[number][]): boolean {
  return 'put' in recipe ? isHolding(recipe.put, odd) : 'odd' in recipe && odd.includes(recipe.odd)
}

interface Shape {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
  readonly allOf?: readonly Shape[]
  readonly items?: Shape
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly default?: unknown
  readonly pattern?: string
  readonly format?: string
  readonly minLength?: number
  readonly minItems?: number
  readonly minimum?: number
}

const uuid = '6f1f7d5a-7c53-4d3e-9a8e-3f1a0f2f4b10'
const texts = ['America/Tijuana', uuid, '0'.repeat(32), '0'.repeat(64), '2026-11-24', '2026-11-24T10:00:00', '7']
const others = ['ABCD-EFGH-JKMN-PQRS', `age1${'q'.repeat(58)}`, 'https://clinica.example', 'x'.repeat(20)]

/** An input of the shape that the contract describes. */
function sample(shape: Shape): unknown {
  if (shape.const !== undefined) return shape.const
  if (shape.enum) return shape.enum[0]
  if (shape.default !== undefined) return shape.default
  const choice = shape.anyOf ?? shape.oneOf
  if (choice) return sample(choice.find(({ type }) => type === 'null') ?? choice[0] ?? {})
  if (shape.type === 'object' || shape.properties) {
    const entries = Object.entries(shape.properties ?? {}).filter(([name]) => shape.required?.includes(name))
    return Object.fromEntries(entries.map(([name, part]) => [name, sample(part)]))
  }
  if (shape.type === 'array') return Array.from({ length: shape.minItems ?? 0 }, () => sample(shape.items ?? {}))
  if (shape.type === 'number' || shape.type === 'integer') return Math.max(1, shape.minimum ?? 1)
  if (shape.type === 'boolean') return false
  if (shape.type === 'null') return null
  if (shape.type !== 'string') return undefined
  if (shape.format === 'uuid') return uuid
  const patterns = [shape, ...(shape.allOf ?? [])].flatMap(({ pattern }) => (pattern ? [new RegExp(pattern, 'u')] : []))
  return [...texts, ...others].find((text) => patterns.every((one) => one.test(text))) ?? 'x'
}

/** A good input of every procedure that takes one, made from the contract itself; undefined where it takes nothing. */
export function goodInput(name: ProcedureName): unknown {
  const { input } = procedures[name]
  if (input instanceof z.ZodUndefined) return undefined
  const made = sample(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Shape)
  return input.safeParse(made).success ? made : undefined
}

/** Every place within a value. */
function places(value: unknown, before: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) => {
    const here = [...before, name]
    return [here, ...places(part, here)]
  })
}

/** Texts that mean something in SQL, in a format, in a path, in a page, in JavaScript. */
export const hostileTexts = [
  ...[
    "'",
    '"',
    '\\',
    '%',
    '_',
    '$1',
    '--',
    ';',
    '/*',
    '*/',
    '%s%n%x',
    '{{name}}',
    '#{7*7}',
    '__proto__',
    'constructor',
  ],
  ...["' OR '1'='1", `'; DROP TABLE pacientes; --`, `1); DELETE FROM pacientes; --`, `" OR ""="`, `x' UNION SELECT`],
  ...[
    `\\'; DROP TABLE usuarios; --`,
    `$$; DROP TABLE citas; $$`,
    `E'\\'' OR true --`,
    `pg_sleep(10)`,
    `' || pg_sleep(9) || '`,
  ],
  ...['public.pacientes', 'public."pacientes"; DROP TABLE citas', 'pg_catalog.pg_authid', '../../etc/passwd', '=1+1'],
  ...[
    '<script>alert(1)</script>',
    'javascript:alert(1)',
    '\u02bc OR 1=1',
    '\u202e',
    'ａｄｍｉｎ',
    '\ud800',
    '(a+)+$',
    'NaN',
    '1e999',
  ],
] as const

/** What the contract refuses, for every procedure in turn: anything at all, and good inputs with one thing wrong. */
export function malformedCalls(count: number, seed: number): { name: ProcedureName; recipe: Recipe }[] {
  const odd = fc.constantFrom(...oddities).map((name): Recipe => ({ odd: name }))
  const json = fc.json({ maxDepth: 3 }).map((text): Recipe => ({ json: text }))
  const text = fc
    .oneof(fc.constantFrom(...hostileTexts), fc.string({ maxLength: 40 }))
    .map((value): Recipe => ({ json: JSON.stringify(value) }))
  const value = fc.oneof({ weight: 3, arbitrary: odd }, { weight: 2, arbitrary: json }, { weight: 1, arbitrary: text })
  const inputs = new Map(procedureNames.map((name) => [name, goodInput(name)]))
  const call = fc.constantFrom(...procedureNames).chain((name) => {
    const good = inputs.get(name)
    if (good === undefined) return value.map((recipe) => ({ name, recipe }))
    const extra = ['constructor', 'toString', 'extra', '\u0000', 'ok']
    const at = [...places(good), ...extra.map((key) => [key])]
    const wrong = fc
      .tuple(fc.constantFrom(...at), value)
      .map(([path, put]): Recipe => ({ into: JSON.stringify(good), path, put }))
    return fc
      .oneof({ weight: 3, arbitrary: wrong }, { weight: 1, arbitrary: value })
      .map((recipe) => ({ name, recipe }))
  })
  // What is heavy is drawn as often as the rest and would take all the time.
  let weighed = 0
  const isWanted = (recipe: Recipe) =>
    !isHolding(recipe, ['tooLong', 'many', 'long', 'wide', 'deeper', 'sparse']) || weighed++ % 20 === 0
  const wanted = call.filter(({ name, recipe }) => isWanted(recipe) && !isTaken(name, recipe))
  return fc.sample(wanted, { numRuns: count, seed })
}
