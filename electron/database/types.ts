import pg from 'pg'

const oid = {
  int8: 20,
  int8Array: 1016,
  numeric: 1700,
  date: 1082,
  time: 1083,
  timestamp: 1114,
  timestamptz: 1184,
  timetz: 1266,
  interval: 1186,
  textArray: 1009,
} as const

/** Arrays of numeric, date, time, timestamp, timestamptz, timetz, interval. */
const arraysOfText = [1231, 1182, 1183, 1115, 1185, 1270, 1187]

const asText = (value: string): string => value

/** A count as a number while it is exact, else as its digits. */
function parseInt8(value: string): number | string {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

type Parser = (value: string) => unknown
const defaults = pg.types.getTypeParser as (id: number, format: 'text' | 'binary') => Parser
const textArray = defaults(oid.textArray, 'text') as (value: string) => (string | null)[]

const parsers = new Map<number, Parser>([
  [oid.int8, parseInt8],
  [oid.int8Array, (value) => textArray(value).map((item) => (item === null ? null : parseInt8(item)))],
  [oid.numeric, asText],
  [oid.date, asText],
  [oid.time, asText],
  [oid.timestamp, asText],
  [oid.timestamptz, asText],
  [oid.timetz, asText],
  [oid.interval, asText],
  ...arraysOfText.map((array): [number, Parser] => [array, textArray]),
])

/**
 * How values become JavaScript, for one pool only: money and dates stay the text that PostgreSQL sent,
 * because a float loses cents and a `Date` moves clinic time into the workstation's zone.
 */
export const clinicTypes: pg.CustomTypesConfig = {
  getTypeParser: ((id: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(id)) || defaults(id, format ?? 'text')) as typeof pg.types.getTypeParser,
}
