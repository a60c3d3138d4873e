import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import type { Facts } from '#shared/diagnosis.ts'
import { say } from '#support/words.ts'
import { type Case, type Diagnosed, diagnose } from './setting.ts'

const file = join(import.meta.dirname, '../../../docs/diagnostico.md')
const head = '| Síntoma | Causa producida | Veredicto | Siguiente paso |\n| --- | --- | --- | --- |'

export interface SymptomTable {
  /** Diagnoses, and notes what was produced, what was said of it, and the step that follows. */
  look(produced: string, one: Case): Promise<Diagnosed>
  /** Fails when the page of the documentation says anything else; `PODOSKIN_WRITE_DOCS=1` writes it instead. */
  expectDocumented(): void
}

/** The rows of one family of symptoms, each produced for real, as `docs/diagnostico.md` has them between its marks. */
export function symptomTable(family: string): SymptomTable {
  const rows: string[] = []
  afterAll(() => void process.stdout.write(`\n${head}\n${rows.join('\n')}\n`))
  return {
    async look(produced, one) {
      const outcome = await diagnose(one)
      rows.push(`| ${[title(one.symptom), produced, ...judgement(outcome, one)].map(cell).join(' | ')} |`)
      return outcome
    },
    expectDocumented() {
      const text = readFileSync(file, 'utf8')
      const [begin, end] = [`<!-- ${family} -->\n`, `\n<!-- /${family} -->`]
      expect(text, `the marks of ${family}`).toContain(begin)
      const from = text.indexOf(begin) + begin.length
      const to = text.indexOf(end)
      const table = `${head}\n${rows.join('\n')}`
      if (process.env.PODOSKIN_WRITE_DOCS === '1') writeFileSync(file, text.slice(0, from) + table + text.slice(to))
      else expect(text.slice(from, to)).toBe(table)
    },
  }
}

/** What the page says of it, and the first thing to do: in words, with the command of Linux or the page it leads to. */
function judgement({ verdict, symptom }: Diagnosed, one: Case): readonly [string, string] {
  const { kind, cause, facts, commands, page } = verdict
  const command = commands.find(({ system }) => system === null || system === 'linux')?.text
  const step = command ? `\`${steady(command, one)}\`` : page ? `→ ${say('diagnosis', `page.${page}`)}` : ''
  const words = (key: string) => filled(say('diagnosis', key), facts)
  if (kind === 'clear') return [say('diagnosis', 'verdict.clear'), words(`clear.${symptom}`)]
  if (cause === null) return [say('diagnosis', 'verdict.unproven'), `${words(`unproven.${facts.note}`)} ${step}`]
  return [words(`cause.${cause}.title`), `${words(`cause.${cause}.next`)} ${step}`]
}

const title = (symptom: string) => say('diagnosis', `symptom.${symptom}.title`)
const cell = (text: string) => text.trim().replaceAll('|', '\\|')

/** Names stay names: a value that differs from run to run would make every run another document. */
function filled(text: string, facts: Facts): string {
  const told = new Set(['table', 'schema', 'schemas', 'missing', 'name', 'version', 'issuer', 'names', 'status'])
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => (told.has(name) ? `${facts[name]}` : `‹${name}›`))
}

function steady(command: string, { to }: Case): string {
  const port = to ? command.replace(new RegExp(`\\b${to.port}\\b`), '5432') : command
  return port.replace(/role_[0-9a-f]{10}/g, 'usuario').replace(/clinic_[0-9a-f]{10}/g, 'clinica')
}
