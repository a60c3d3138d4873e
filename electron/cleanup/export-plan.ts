import type { CleanupPlan, CleanupUser, PlannedTable } from '#shared/cleanup.ts'
import type { ExportedPlan } from '#shared/export.ts'
import { speaker } from '#shared/words.ts'

/**
 * The plan as JSON, and as Spanish text that a person can read, print and keep. Both name staff and tables, and
 * count patients; neither holds a patient's data.
 */
export function exportPlan(plan: CleanupPlan): ExportedPlan {
  const t = speaker('es', 'cleanup')
  const title = t('export.title', { database: plan.database })
  return { title, json: `${JSON.stringify(plan, null, 2)}\n`, text: textOf(plan, title, t) }
}

type Say = ReturnType<typeof speaker<'cleanup'>>

function textOf(plan: CleanupPlan, title: string, t: Say): string {
  const { totals, staff, residue } = plan
  const people = (what: 'kept' | 'removed' | 'deactivated') =>
    staff[what].map(({ id, userName, fullName }: CleanupUser) =>
      t(`export.${what}`, { id, user: userName, name: fullName }),
    )
  const section = (name: string, lines: readonly string[]) => [
    '',
    name,
    ...(lines.length > 0 ? lines : [t('export.none')]).map((line) => `- ${line}`),
  ]
  return [
    title,
    t('export.server', { version: plan.serverVersion, role: plan.role }),
    t('export.hash', { hash: plan.hash }),
    t('export.totals', { ...totals }),
    ...section(
      t('export.refusals'),
      plan.refusals.map(({ code, params }) => t(`refusal.${code}`, params)),
    ),
    ...section(
      t('export.questions'),
      plan.questions
        .filter(({ decided }) => decided === null)
        .map(({ table, rows, reason }) => t('export.question', { table, count: rows, reason: t(`reason.${reason}`) })),
    ),
    ...section(
      t('export.guard'),
      plan.guard.map(({ name, rows, patients, decided }) =>
        t('export.signal', {
          ...{ name: t(`guard.${name}`), rows, patients },
          decided: decided ? t(`guard.${decided}`) : t('export.undecided'),
        }),
      ),
    ),
    ...section(t('export.staff'), [
      ...people('kept'),
      ...people('removed'),
      ...people('deactivated'),
      ...staff.missing.map((name) => t('export.missing', { name })),
    ]),
    ...section(
      t('export.tables'),
      plan.tables.flatMap((table) => tableLines(table, t)),
    ),
    ...section(t('export.residue'), [
      ...residue.personal.map(({ table, rows, columns }) =>
        t('export.personal', { table, count: rows, columns: columns.join(', ') }),
      ),
      ...residue.nowhere.map(({ rows, ...where }) => t('export.nowhere', { ...where, count: rows })),
      ...(residue.files ? [t('export.files', { count: residue.files.rows })] : []),
    ]),
    ...section(
      t('export.notes'),
      plan.notes.map(({ code, params }) => t(`note.${code}`, params)),
    ),
    '',
  ].join('\n')
}

function tableLines(table: PlannedTable, t: Say): readonly string[] {
  const { key, verdict, rows, deleted, reason, path, cleared } = table
  return [
    t('export.line', {
      ...{ table: key, verdict: t(`verdict.${verdict}`), deleted, rows: rows ?? '?' },
      reason: t(`reason.${reason.code}`, reason.params),
    }),
    ...(path.length > 0 ? [`  ${t('export.path', { path: [key, ...path.map(({ to }) => to)].join(' → ') })}`] : []),
    ...cleared.map(
      ({ columns, rows: count, constraint, to }) =>
        `  ${t('export.cleared', { columns: columns.join(', '), count, constraint, to })}`,
    ),
  ]
}
