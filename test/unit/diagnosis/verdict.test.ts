import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commandsOf, quoted } from '#electron/diagnosis/commands.ts'
import { type Finding, failed, passed, unproven, warned } from '#electron/diagnosis/probe.ts'
import { verdictOf } from '#electron/diagnosis/verdict.ts'
import { backendUrlSchema, causes, connectionBudget, type ProbeId } from '#shared/diagnosis.ts'
import { resources } from '#shared/locales/index.ts'

const findings = (...all: [ProbeId, Finding][]) => new Map(all)

describe('the verdict', () => {
  it('is the first failure, even after a warning', () => {
    const all = findings(['tls', warned('plainLink')], ['login', failed('passwordWrong', { user: 'ana' })])
    expect(verdictOf(all, null)).toMatchObject({ kind: 'found', cause: 'passwordWrong' })
  })

  it('prefers the stopped service to the refused port that comes of it', () => {
    const all = findings(
      ['port', failed('portRefused')],
      ['service', failed('serviceStopped', { service: 'postgresql' })],
    )
    const { cause, commands } = verdictOf(all, null)
    expect(cause).toBe('serviceStopped')
    expect(commands.map(({ text }) => text)).toEqual([
      'sudo systemctl start postgresql',
      'brew services start postgresql',
      'Start-Service postgresql',
    ])
  })

  it('never calls clear what could not be looked at', () => {
    expect(verdictOf(findings(['port', passed('portOpen')], ['sessions', unproven('sessionsHidden')]), null).kind).toBe(
      'unproven',
    )
    expect(verdictOf(findings(['port', passed('portOpen')]), null).kind).toBe('clear')
  })

  it('says that a cause is solved only when it is gone', () => {
    expect(verdictOf(findings(['port', passed('portOpen')]), 'portRefused').solved).toBe('portRefused')
    expect(verdictOf(findings(['port', failed('portRefused')]), 'portRefused').solved).toBeNull()
    expect(verdictOf(findings(['login', failed('passwordWrong')]), 'portRefused')).toMatchObject({
      solved: 'portRefused',
    })
  })

  it('has words for every cause in both languages', () => {
    for (const language of ['es', 'en'] as const) {
      expect(Object.keys(resources[language].diagnosis.cause).sort()).toEqual([...causes].sort())
    }
  })
})

describe('a command to copy', () => {
  it('keeps whatever a profile says one word of the shell', () => {
    expect(quoted('db.clinica.mx', 'linux')).toBe('db.clinica.mx')
    expect(quoted("a'; rm -rf / #", 'linux')).toBe(`'a'\\''; rm -rf / #'`)
    expect(quoted("a'; del", 'windows')).toBe("'a''; del'")
    expect(quoted('-rf', 'linux')).toBe("'-rf'")
    fc.assert(
      fc.property(fc.string(), (text) => {
        const word = quoted(text, 'linux')
        // Either plain, or in quotes that only leave to write a quote.
        const inside = /^'([\s\S]*)'$/.exec(word)?.[1]?.replaceAll("'\\''", '')
        expect(/^[A-Za-z0-9_.:@/][A-Za-z0-9_.:@/-]*$/.test(word) || inside?.includes("'") === false).toBe(true)
      }),
      { seed: 20_261_124, numRuns: 2_000 },
    )
  })

  it('quotes names in SQL', () => {
    const [command] = commandsOf('connectDenied', { database: 'x"; DROP TABLE pacientes; --', user: 'ana' })
    expect(command?.text).toBe('GRANT CONNECT ON DATABASE "x""; DROP TABLE pacientes; --" TO "ana";')
  })
})

describe('the sum of connections', () => {
  it('adds every pool and compares it with what the server leaves', () => {
    const server = { max: 100, reserved: 3 }
    expect(connectionBudget({ workstations: 3, ours: 20, workers: 1, theirs: 20, spare: 10 }, server)).toEqual({
      ...{ needed: 90, available: 97, fits: true, mostTheirs: 27, enough: 93 },
    })
    // The guide's own advice, 30 instead of 20, with a second process of the backend.
    expect(connectionBudget({ workstations: 3, ours: 20, workers: 2, theirs: 30, spare: 10 }, server)).toEqual({
      ...{ needed: 130, available: 97, fits: false, mostTheirs: 13, enough: 133 },
    })
    expect(connectionBudget({ workstations: 6, ours: 20, workers: 1, theirs: 20, spare: 0 }, server).mostTheirs).toBe(0)
  })
})

describe('the address of a backend', () => {
  it.each([
    ['http://localhost:8000', true],
    ['http://127.0.0.1:8000/api', true],
    ['https://clinica.example.mx', true],
    ['http://192.168.1.9:8000', false],
    ['https://ana:secreta@clinica.example.mx', false],
    ['https://clinica.example.mx/?token=1', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['no es una dirección', false],
  ])('%s: %s', (text, accepted) => {
    expect(backendUrlSchema.safeParse(text).success).toBe(accepted)
  })
})
