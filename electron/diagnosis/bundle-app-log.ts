import { errorCodes } from '#shared/errors.ts'
import { procedureNames } from '#shared/names.ts'
import { isTechnical } from './vocabulary.ts'

const codes: ReadonlySet<string> = new Set(Object.values(errorCodes).flat())
const procedures: ReadonlySet<string> = new Set([...procedureNames, 'unknown'])
const features = new Set(
  procedureNames
    .map((name) => name.slice(0, name.indexOf('.')))
    .concat('app', 'log', 'database', 'env', 'file', 'keychain', 'pool'),
)
/** Words that our own values are: states, reasons, kinds. */
const values = new Set(
  `ok open opening closed lost in out locked asked idle screen admin member true false null running done failed cancelled
  csv pdf zip json info clear found unproven cancel terminate gone quiet unchanged settings connections throttle window
  official Error TypeError RangeError SyntaxError ReferenceError AggregateError DOMException`.split(/\s+/),
)
const line =
  /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?(?:Z|[+-]\d{2}:?\d{2})?) (info|warn|error) ("(?:[^"\\]|\\.)*"|\S+)(.*)$/
const field = /([A-Za-z]\w{0,30})=("(?:[^"\\]|\\.)*"|\S+)/g
/**
 * Takes from a line of our own log its time, level, event and those fields whose value is a number, a code, a name of the
 * contract or a word of the list; null for a line that is none of ours.
 */
export function readAppLine(text: string): string | null {
  const [, at, level, name = '', rest = ''] = line.exec(text) ?? []
  if (at === undefined || level === undefined) return null
  const known = name === 'call' || name === 'exported' || isEvent(name)
  const fields = [...rest.matchAll(field)].flatMap(([, key = '', value = '']) =>
    /^\w+$/.test(key) && fieldNames.has(key) && isTold(key, value) ? [`${key}=${value}`] : [],
  )
  return [at, level, known ? name : '<event>', ...fields].join(' ')
}

/** `feature.whatHappened`, or a few words in quotes: of words that programs are made of. */
function isEvent(name: string): boolean {
  if (/^"[a-z ]{1,60}"$/.test(name)) return name.slice(1, -1).split(' ').every(isTechnical)
  const [feature = '', what = '', ...more] = name.split('.')
  return features.has(feature) && more.length === 0 && isTechnical(what)
}

const fieldNames = new Set(
  `name ms outcome ref code status failure reason kind bytes pid how cause symptom count total rows sqlstate level
  exitCode times index`.split(/\s+/),
)

function isTold(key: string, value: string): boolean {
  if (/^-?\d{1,15}(?:\.\d{1,6})?$/.test(value)) return true
  if (key === 'ref') return /^[A-Z2-9]{6}$/.test(value)
  if (key === 'sqlstate') return /^[0-9A-Z]{5}$/.test(value)
  if (key === 'name') return procedures.has(value)
  return codes.has(value) || values.has(value)
}
