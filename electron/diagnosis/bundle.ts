import { randomUUID } from 'node:crypto'
import { ZipFile } from 'yazl'
import { isLoopback, type ProfileFields } from '#shared/connection.ts'
import type { BundleFile, Diagnosis } from '#shared/diagnosis.ts'
import type { PoolFigures } from '#shared/monitoring.ts'
import type { Settings } from '#shared/settings.ts'
import type { About } from '#shared/shell.ts'
import { readAppLine } from './bundle-app-log.ts'
import { readLogLine } from './bundle-log.ts'
import { createNames } from './vocabulary.ts'

/** A check of the checklist, as the bundle takes it: its id and how it stands, from the closed lists of the contract. */
export interface CheckStanding {
  readonly id: string
  readonly status: string
  /** What was measured; only numbers and yes or no are taken, such as the counts of the pool's test. */
  readonly measured: readonly { readonly key: string; readonly value: unknown }[]
}

/** Everything that the bundle is made of; what is unknown is null. */
export interface BundleSources {
  readonly about: About
  readonly settings: Settings
  readonly profile: ProfileFields | null
  readonly server: ServerFacts | null
  readonly pool: PoolFigures | null
  readonly packages: ReadonlyMap<string, string> | null
  readonly checklist: readonly CheckStanding[] | null
  readonly diagnosis: Diagnosis | null
  /** Entries of the backend's log, the newest last, each with its traceback; null without a source. */
  readonly backendLog: readonly string[] | null
  readonly appLog: string
}

/** What is known of the server, measured: a version, and which of the tables that we know are there. */
export interface ServerFacts {
  readonly version: string
  readonly tls: boolean
  readonly pooler: boolean
  readonly knownTables: number
  readonly otherTables: number
}

/** Entries of each log that are taken, the newest. */
export const mostEntries = 2_000
/** Packages that are told with their versions. */
const told = [
  'psycopg',
  'psycopg-binary',
  'psycopg-pool',
  'asyncpg',
  'fastapi',
  'uvicorn',
  'starlette',
  'pydantic',
  'sqlalchemy',
  'python-dotenv',
  'passlib',
  'bcrypt',
] as const
/** Zones as the runtime spells them: no other text passes for one. */
const zones: ReadonlySet<string> = new Set(Intl.supportedValuesOf('timeZone'))
const version = /^\d[\w.+-]{0,30}$/

/**
 * The files of the bundle, built from lists of what may be told: versions, numbers, states and codes. No text that a
 * person wrote, no name of a server, database, user, file or patient is copied from anywhere.
 */
export function bundleFiles(sources: BundleSources): readonly BundleFile[] {
  const { appLog, backendLog, checklist, diagnosis } = sources
  const names = createNames()
  const json = (name: string, value: unknown): BundleFile => ({ name, text: `${JSON.stringify(value, null, 2)}\n` })
  const entries = backendLog?.slice(-mostEntries).map((entry) => readLogLine(entry, names)) ?? null
  const ours = appLog
    .split(/\r?\n/)
    .flatMap((line) => readAppLine(line) ?? [])
    .slice(-mostEntries)
  return [
    json('versions.json', versionsOf(sources)),
    json('connection.json', connectionOf(sources.profile)),
    json('settings.json', settingsOf(sources.settings)),
    json('pool.json', poolOf(sources.pool)),
    json('checklist.json', checklist?.map(standingOf) ?? null),
    json('diagnosis.json', diagnosis && diagnosisOf(diagnosis)),
    {
      name: 'backend-log.jsonl',
      text: entries === null ? '' : entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''),
    },
    { name: 'app-log.txt', text: ours.map((line) => `${line}\n`).join('') },
  ]
}

function versionsOf({ about, server, packages }: BundleSources) {
  const plain = (text: string) => (version.test(text) ? text : '?')
  return {
    app: plain(about.app),
    electron: plain(about.electron),
    chromium: plain(about.chromium),
    node: plain(about.node),
    platform: platformOf(about.platform),
    runtime: about.runtime === 'official' ? 'official' : 'stand-in',
    packaged: about.packaged === true,
    server: server && {
      version: /^\d{1,2}(?:\.\d{1,2})*/.exec(server.version)?.[0] ?? '?',
      tls: server.tls === true,
      pooler: server.pooler === true,
      knownTables: Number(server.knownTables),
      otherTables: Number(server.otherTables),
    },
    backendPackages:
      packages &&
      Object.fromEntries(told.flatMap((name) => (packages.has(name) ? [[name, plain(packages.get(name) ?? '')]] : []))),
  }
}

/** System, the number of its version, processor: what a person adds to the version's name is left out. */
function platformOf(text: string): string {
  const [, system, number, processor] =
    /^(linux|win32|darwin|freebsd) (\d{1,4}(?:\.\d{1,6}){0,3})\S* (x64|arm64|ia32|arm)$/.exec(text) ?? []
  return system === undefined ? '?' : `${system} ${number} ${processor}`
}

function connectionOf(profile: ProfileFields | null) {
  return (
    profile && {
      environment: profile.environment,
      host: isLoopback(profile.host) ? 'this machine' : /^[\d.]+$|:/.test(profile.host) ? 'address' : 'name',
      port: profile.port,
      tls: profile.tls,
      ownAuthority: profile.caFile !== null,
      schema: profile.schema === null ? 'search_path' : profile.schema === 'public' ? 'public' : 'other',
      zone: zones.has(profile.zone) ? profile.zone : 'other',
      pool: { warm: profile.pool.warm, max: profile.pool.max },
    }
  )
}

function settingsOf({ language, appearance, idleMinutes, refreshSeconds, notifications }: Settings) {
  return { language, appearance, idleMinutes, refreshSeconds, notifications }
}

function poolOf(pool: PoolFigures | null) {
  if (pool === null) return null
  const { open, max, warm, now, highWater, wait, requests, leaks, timeouts, reconnects, failures, history } = pool
  return {
    open,
    max,
    warm,
    now,
    highWater,
    wait,
    requests,
    leaks,
    timeouts,
    reconnects,
    failures,
    history: history.slice(-60),
  }
}

const statuses = /^[a-z][A-Za-z]{1,30}$/

function standingOf({ id, status, measured }: CheckStanding) {
  const numbers = measured.flatMap(({ key, value }) =>
    statuses.test(key) && (typeof value === 'boolean' || Number.isFinite(value)) ? [[key, value]] : [],
  )
  return { id: known(id), status: known(status), measured: Object.fromEntries(numbers) }
}

function known(word: string): string {
  return statuses.test(word) ? word : '?'
}

function diagnosisOf({ symptom, probes, verdict }: Diagnosis) {
  return {
    symptom,
    probes: probes.map(({ id, status, cause, note, milliseconds }) => ({ id, status, cause, note, milliseconds })),
    verdict: verdict && { kind: verdict.kind, cause: verdict.cause, solved: verdict.solved },
  }
}

/** A zip of exactly these files. Their times are the same for all: when it was made says the file's own date. */
export async function zipOf(files: readonly BundleFile[]): Promise<Buffer> {
  const zip = new ZipFile()
  for (const { name, text } of files)
    zip.addBuffer(Buffer.from(text, 'utf8'), name, { mtime: new Date(), mode: 0o100600 })
  zip.end()
  const chunks: Buffer[] = []
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

/** A name for one preview, so that only what was read can be saved. */
export function previewId(): string {
  return randomUUID()
}
