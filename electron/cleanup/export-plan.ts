import type { CleanupPlan, CleanupUser, ExportedPlan, PlannedTable } from '#shared/cleanup.ts'
import { resources } from '#shared/locales/index.ts'

type Values = Readonly<Record<string, string | number | boolean>>

const words = resources.es.cleanup

/**
 * The plan as JSON, and as Spanish text that a person can read, print and keep. Both name staff and tables, and
 * count patients; neither holds a patient's data.
 */
export function exportPlan(plan: CleanupPlan): ExportedPlan {
  return { json: `${JSON.stringify(plan, null, 2)}\n`, text: textOf(plan) }
}

function textOf(plan: CleanupPlan): string {
  const say = words.export
  const { totals, staff, residue } = plan
  const people = (text: string, list: readonly CleanupUser[]) =>
    list.map(({ id, userName, fullName }) => fill(text, { id, user: userName, name: fullName }))
  return [
    fill(say.title, { database: plan.database }),
    fill(say.server, { version: plan.serverVersion, role: plan.role }),
    fill(say.hash, { hash: plan.hash }),
    fill(say.totals, { ...totals }),
    ...section(
      say.refusals,
      plan.refusals.map(({ code, params }) => fill(words.refusal[code], params)),
    ),
    ...section(
      say.questions,
      plan.questions
        .filter(({ decided }) => decided === null)
        .map(({ table, rows, reason }) => fill(say.question, { table, rows, reason: words.reason[reason] })),
    ),
    ...section(
      say.guard,
      plan.guard.map(({ name, rows, patients, decided }) =>
        fill(say.signal, {
          name: words.guard[name],
          rows,
          patients,
          decided: decided ? words.guard[decided] : say.undecided,
        }),
      ),
    ),
    ...section(say.staff, [
      ...people(say.kept, staff.kept),
      ...people(say.removed, staff.removed),
      ...people(say.deactivated, staff.deactivated),
      ...staff.missing.map((name) => fill(say.missing, { name })),
    ]),
    ...section(say.tables, plan.tables.flatMap(tableLines)),
    ...section(say.residue, [
      ...residue.personal.map(({ table, rows, columns }) =>
        fill(say.personal, { table, rows, columns: columns.join(', ') }),
      ),
      ...residue.nowhere.map((each) => fill(say.nowhere, { ...each })),
      ...(residue.files ? [fill(say.files, { rows: residue.files.rows })] : []),
    ]),
    ...section(
      say.notes,
      plan.notes.map(({ code, params }) => fill(words.note[code], params)),
    ),
    '',
  ].join('\n')
}

function tableLines({ key, verdict, rows, deleted, reason, path, cleared }: PlannedTable): readonly string[] {
  const say = words.export
  return [
    fill(say.line, {
      ...{ table: key, verdict: words.verdict[verdict], deleted, rows: rows ?? '?' },
      reason: fill(words.reason[reason.code], reason.params),
    }),
    ...(path.length > 0 ? [`  ${fill(say.path, { path: [key, ...path.map(({ to }) => to)].join(' → ') })}`] : []),
    ...cleared.map(
      ({ columns, rows: count, constraint, to }) =>
        `  ${fill(say.cleared, { columns: columns.join(', '), rows: count, constraint, to })}`,
    ),
  ]
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return ['', title, ...(lines.length > 0 ? lines : [words.export.none]).map((line) => `- ${line}`)]
}

function fill(text: string, values: Values): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
}
