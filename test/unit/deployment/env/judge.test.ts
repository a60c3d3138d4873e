import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeEnv } from '#electron/deployment/env/judge.ts'
import { flawOfKey, flawOfPassword, newKey } from '#electron/deployment/env/secrets.ts'
import { envFlaws, guideVariables } from '#shared/deployment-env.ts'

const target = { host: '127.0.0.1', port: 5432, database: 'podoskin_db' }
const good = {
  DB_HOST: '127.0.0.1',
  DB_PORT: '5432',
  DB_NAME: 'podoskin_db',
  DB_USER: 'podoskin_user',
  DB_PASSWORD: 'Jx4-pQ9_mZt7vKc2',
  JWT_SECRET_KEY: newKey(),
  PORT: '8000',
  DEBUG: 'false',
  ALLOWED_ORIGINS: 'https://podoskin.mx',
}
const judge = (change: Record<string, string | undefined>, differing: string[] = []) => {
  const values = Object.entries({ ...good, ...change }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  )
  const found = judgeEnv(new Map(values), differing, target)
  return Object.fromEntries(envFlaws.filter((flaw) => found[flaw].length > 0).map((flaw) => [flaw, found[flaw]]))
}

describe('judging a .env', () => {
  it('finds nothing in a correct one', () => expect(judge({})).toEqual({}))

  it.each(guideVariables)('misses %s', (name) => {
    expect(judge({ [name]: undefined })).toEqual({ missing: [name] })
    expect(judge({ [name]: '  ' })).toEqual({ missing: [name] })
  })

  it.each([
    [{ DB_PORT: 'cinco' }, { wrongType: ['DB_PORT'] }],
    [{ DB_PORT: '70000' }, { wrongType: ['DB_PORT'] }],
    [{ DB_PORT: '5433' }, { differs: ['DB_PORT'] }],
    [{ DB_NAME: 'otra' }, { differs: ['DB_NAME'] }],
    [{ DB_HOST: 'localhost' }, {}],
    [{ DB_HOST: 'postgres' }, { elsewhere: ['DB_HOST'] }],
    [{ DB_HOST: '10.0.0.5' }, { elsewhere: ['DB_HOST'] }],
    [{ DB_HOST: 'a b' }, { wrongType: ['DB_HOST'] }],
    [{ PORT: '0' }, { wrongType: ['PORT'] }],
    [{ DEBUG: 'True' }, { debugOn: ['DEBUG'] }],
    [{ DEBUG: 'quizá' }, { wrongType: ['DEBUG'] }],
    [{ DEBUG: '0' }, {}],
    [{ ALLOWED_ORIGINS: '*' }, { originsOpen: ['ALLOWED_ORIGINS'] }],
    [{ ALLOWED_ORIGINS: '["https://a.mx", "http://b.mx"]' }, { originsNotHttps: ['ALLOWED_ORIGINS'] }],
    [{ ALLOWED_ORIGINS: 'https://tu-dominio.com' }, { placeholder: ['ALLOWED_ORIGINS'] }],
    [{ ALLOWED_ORIGINS: 'https://a.mx,https://b.mx/ruta' }, { wrongType: ['ALLOWED_ORIGINS'] }],
    [{ ALLOWED_ORIGINS: 'podoskin.mx' }, { wrongType: ['ALLOWED_ORIGINS'] }],
    [{ DB_PASSWORD: 'podoskin_password_123' }, { default: ['DB_PASSWORD'] }],
    [{ DB_PASSWORD: 'podoskin123' }, { default: ['DB_PASSWORD'] }],
    [{ DB_PASSWORD: 'abc' }, { weak: ['DB_PASSWORD'] }],
    [{ DB_PASSWORD: 'aaaaaaaaaaaaaaaaaaaa' }, { weak: ['DB_PASSWORD'] }],
    [{ JWT_SECRET_KEY: 'tu-secret-key-en-produccion-CAMBIAR' }, { default: ['JWT_SECRET_KEY'] }],
    [{ JWT_SECRET_KEY: 'your-secret-key-change-in-production' }, { default: ['JWT_SECRET_KEY'] }],
    [{ JWT_SECRET_KEY: 'CAMBIAR_EN_PRODUCCION' }, { default: ['JWT_SECRET_KEY'] }],
    [{ JWT_SECRET_KEY: 'cambiame-por-una-clave-larga-de-verdad' }, { placeholder: ['JWT_SECRET_KEY'] }],
    [{ JWT_SECRET_KEY: '0123456789012345678901234567890123456789' }, { weak: ['JWT_SECRET_KEY'] }],
  ])('%j', (change, expected) => expect(judge(change)).toEqual(expected))

  it('understands older names, and judges both where both stand', () => {
    const { JWT_SECRET_KEY, PORT, ALLOWED_ORIGINS } = good
    const older = { SECRET_KEY: JWT_SECRET_KEY, BACKEND_PORT: PORT, CORS_ORIGINS: ALLOWED_ORIGINS }
    expect(judge({ JWT_SECRET_KEY: undefined, PORT: undefined, ALLOWED_ORIGINS: undefined, ...older })).toEqual({})
    expect(judge({ SECRET_KEY: 'CAMBIAR_EN_PRODUCCION' })).toEqual({ default: ['SECRET_KEY'] })
    const none = Object.fromEntries(
      guideVariables.filter((name) => name.startsWith('DB_')).map((name) => [name, undefined]),
    )
    const url = 'postgresql+asyncpg://podoskin_user:Jx4-pQ9_mZt7vKc2@localhost:5432/podoskin_db'
    expect(judge({ ...none, DATABASE_URL: url })).toEqual({})
    expect(judge({ DATABASE_URL: url.replace('5432', '5433') })).toEqual({ differs: ['DATABASE_URL (DB_PORT)'] })
  })

  it('says which variable the two dotenvs read differently, among those it judges', () => {
    expect(judge({}, ['DB_PASSWORD', 'OTRA'])).toEqual({ ambiguous: ['DB_PASSWORD'] })
  })

  it('never repeats a value', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...guideVariables, 'SECRET_KEY', 'DATABASE_URL'), fc.string({ minLength: 8 }), {
          noNullPrototype: true,
        }),
        (values) => {
          const said = JSON.stringify(judgeEnv(new Map(Object.entries(values)), [], target))
          for (const value of Object.values(values)) {
            if (!guideVariables.some((name) => name.includes(value))) expect(said).not.toContain(value)
          }
        },
      ),
      { seed: 3, numRuns: 300 },
    )
  })

  it('calls its own keys strong, each another', () => {
    const keys = Array.from({ length: 2_000 }, newKey)
    expect(keys.filter((key) => flawOfKey(key) !== null)).toEqual([])
    expect(new Set(keys).size).toBe(2_000)
    expect(flawOfPassword('correct-Horse7battery')).toBeNull()
  })
})
