import { escapeHtml } from '#electron/escape-html.ts'
import type { HistoryEntry, Outcome, RunOutcome } from '#shared/cleanup-run.ts'
import { createFormat } from '#shared/format.ts'
import { resources } from '#shared/locales/index.ts'
import { canonical } from './print.ts'

/**
 * A report as a file: canonical JSON, and Spanish HTML to be printed. Neither holds a patient's data, unless somebody put
 * a name into the path of a file.
 */
export interface Report {
  readonly title: string
  readonly json: string
  readonly html: string
}

const words = resources.es.cleanup.report

/**
 * The report of a cleanup or a restore: who, when, plan, counts, backup, outcome, and, as long as the app remembers the
 * job, table by table. `zone` is the clinic's.
 */
export function reportOf(
  entry: HistoryEntry,
  outcome: Outcome | null,
  place: { zone: string; clinic: string },
): Report {
  const run = outcome?.kind === 'run' ? outcome : null
  const format = createFormat('es')
  const at = new Date(entry.at * 1000).toLocaleString('sv-SE', { timeZone: place.zone }).replace(' ', 'T')
  const facts: (readonly [string, string])[] = [
    [words.clinic, place.clinic],
    [words.database, entry.database],
    [words.at, `${format.day(at.slice(0, 10))} ${format.clock(at)} (${place.zone})`],
    [words.by, entry.by],
    [words.outcome, words.outcomes[entry.outcome]],
    [words.plan, entry.hash],
    [words.rows, `${format.integer(entry.rows)}`],
    [words.tables, `${format.integer(entry.tables)}`],
    ...(entry.patients === null ? [] : [[words.patients, format.integer(entry.patients)] as const]),
    ...(entry.backup
      ? [
          [words.backup, entry.backup.name] as const,
          [words.bytes, format.integer(entry.backup.bytes)] as const,
          [words.digest, entry.backup.sha256] as const,
        ]
      : []),
    ...(run ? runFacts(run, format.integer) : []),
  ]
  const rows = facts.map(
    ([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
  )
  const title = words.titles[entry.kind]
  return {
    title,
    json: `${canonical({ format: 1, entry, outcome, zone: place.zone, clinic: place.clinic })}\n`,
    html: `<!doctype html><html lang="es-MX"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${style}</style></head>
<body><h1>${escapeHtml(title)}</h1><table>${rows.join('')}</table>${run ? tableOf(run, format.integer) + filesOf(run, format.integer) : ''}</body></html>`,
  }
}

function runFacts(run: RunOutcome, count: (value: number) => string): (readonly [string, string])[] {
  return [
    [words.proof, run.proof ? words.yes : words.no],
    [words.blocked, `${count(Math.ceil(run.lockedMilliseconds / 1000))} s`],
    [words.record, words.records[run.record]],
    ...(run.files ? [[words.files, count(run.files.rows)] as const] : []),
  ]
}

function tableOf({ tables }: RunOutcome, count: (value: number) => string): string {
  const head = [words.table, words.before, words.deleted, words.cleared, words.after]
  const touched = tables.filter(({ deleted, cleared }) => deleted > 0 || cleared > 0)
  const cells = (tag: string, values: readonly string[]) =>
    values.map((value) => `<${tag}>${escapeHtml(value)}</${tag}>`).join('')
  const rows = touched.map((t) => cells('td', [t.key, ...[t.before, t.deleted, t.cleared, t.after].map(count)]))
  return `<h2>${escapeHtml(words.detail)}</h2><table class="n"><thead><tr>${cells('th', head)}</tr></thead><tbody>${rows.map((row) => `<tr>${row}</tr>`).join('')}</tbody></table>`
}

/** What is left on the disk, for whoever has to do something about it. */
function filesOf({ files }: RunOutcome, count: (value: number) => string): string {
  if (!files || files.names.length === 0) return ''
  const more = files.rows - files.names.length
  const lines = files.names.map((name) => `<li>${escapeHtml(name)}</li>`)
  return `<h2>${escapeHtml(words.filesTitle)}</h2><p>${escapeHtml(words.filesNote)}</p><ul>${lines.join('')}</ul>${
    more > 0 ? `<p>${escapeHtml(words.filesMore.replace('{{count}}', count(more)))}</p>` : ''
  }`
}

const style = `body{font:11px 'Segoe UI','Noto Sans','Liberation Sans',sans-serif;color:#111;margin:24px}h1{font-size:18px}h2{font-size:14px}
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #ccc;padding:4px 8px;text-align:left;overflow-wrap:anywhere}
ul{padding-left:18px}li{overflow-wrap:anywhere}
.n td:not(:first-child),.n th:not(:first-child){text-align:right}tr{break-inside:avoid}`
