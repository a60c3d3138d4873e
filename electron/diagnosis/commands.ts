import { quoteIdentifier } from '#electron/database/transaction.ts'
import type { Cause, Command, Facts, NextPage, Place, System } from '#shared/diagnosis.ts'

/** What is typed next, per system where they differ. */
type Texts = string | Readonly<Partial<Record<System, string>>>

interface Step {
  readonly place: Place
  readonly texts: (facts: Facts) => Texts
}

const on = (place: Place, texts: Step['texts']): Step => ({ place, texts })
const sql = (statement: (facts: Facts) => string): Step => on('server', statement)

/** A value as one word of a shell: what is not plain stands in quotes of that shell. */
export function quoted(value: string | number | undefined, system: System): string {
  const text = String(value ?? '')
  if (/^[A-Za-z0-9_.:@/-]+$/.test(text) && !text.startsWith('-')) return text
  return system === 'windows' ? `'${text.replaceAll("'", "''")}'` : `'${text.replaceAll("'", `'\\''`)}'`
}

const each = (text: (system: System) => string) => ({
  windows: text('windows'),
  macos: text('macos'),
  linux: text('linux'),
})
const name = (value: string | number | undefined) => quoteIdentifier(String(value ?? ''))

const serverState = on('server', () => ({
  linux: 'sudo systemctl status postgresql',
  macos: 'brew services list',
  windows: 'Get-Service postgresql*',
}))
const showCertificate = on('workstation', ({ host, port }) =>
  each((system) => {
    const where = quoted(`${host}:${port ?? 5432}`, system)
    return `openssl s_client -connect ${where} -starttls postgres -showcerts`
  }),
)
const whoIsConnected = sql(
  () => 'SELECT application_name, usename, state, count(*) FROM pg_stat_activity GROUP BY 1, 2, 3 ORDER BY 4 DESC;',
)
const startBackend = on('backend', () => ({
  linux: 'cd backend && venv/bin/python -m uvicorn main:app --host 0.0.0.0 --port 8000',
  macos: 'cd backend && venv/bin/python -m uvicorn main:app --host 0.0.0.0 --port 8000',
  windows: 'cd backend; venv\\Scripts\\python -m uvicorn main:app --host 0.0.0.0 --port 8000',
}))
/** Quoted: in a shell the guide's own `>=` is a redirection. */
const poolPackages = '"psycopg[binary]>=3.1.0" "psycopg-pool>=3.1.0"'
const webPackages: ReadonlySet<unknown> = new Set(['fastapi', 'uvicorn', 'asyncpg'])
const install = on('backend', ({ name: missing }) => {
  const pip = `-m pip install ${webPackages.has(missing) ? missing : poolPackages}`
  return {
    linux: `venv/bin/python ${pip}`,
    macos: `venv/bin/python ${pip}`,
    windows: `venv\\Scripts\\python ${pip}`,
  }
})
const reload = sql(() => 'SELECT pg_reload_conf();')

/** The next step of each cause that has a command; the words around it are the page's. */
const steps: Readonly<Partial<Record<Cause, Step>>> = {
  hostNotFound: on('workstation', ({ host }) => ({
    windows: `Resolve-DnsName ${quoted(host, 'windows')}`,
    macos: `dscacheutil -q host -a name ${quoted(host, 'macos')}`,
    linux: `getent hosts ${quoted(host, 'linux')}`,
  })),
  portRefused: serverState,
  serviceStopped: on('server', ({ service }) => ({
    linux: `sudo systemctl start ${quoted(service, 'linux')}`,
    macos: `brew services start ${quoted(String(service).replace(/^homebrew\.mxcl\./, ''), 'macos')}`,
    windows: `Start-Service ${quoted(service, 'windows')}`,
  })),
  portTimeout: on('server', ({ port }) => ({
    windows: `New-NetFirewallRule -DisplayName "PostgreSQL" -Direction Inbound -Protocol TCP -LocalPort ${Number(port)} -RemoteAddress LocalSubnet -Action Allow`,
    linux: `sudo ufw allow proto tcp from 192.168.1.0/24 to any port ${Number(port)}`,
    macos: '/usr/libexec/ApplicationFirewall/socketfilterfw --getglobalstate',
  })),
  networkUnreachable: on('workstation', ({ host }) => each((system) => `ping ${quoted(host, system)}`)),
  notPostgres: sql(() => 'SHOW port;'),
  silentServer: serverState,
  serverStarting: serverState,
  serverStopping: serverState,
  tlsNotOffered: sql(() => 'ALTER SYSTEM SET ssl = on;'),
  certificateExpired: showCertificate,
  certificateExpiring: showCertificate,
  certificateWrongHost: showCertificate,
  certificateUntrusted: showCertificate,
  certificateNotYetValid: on('workstation', () => ({
    windows: 'w32tm /resync',
    macos: 'sudo sntp -sS time.apple.com',
    linux: 'sudo timedatectl set-ntp true',
  })),
  // psql asks for the new password itself: it stands in no history.
  passwordWrong: on('server', ({ user }) => ({
    windows: `psql -U postgres -c '\\password ${name(user)}'`,
    macos: `psql postgres -c '\\password ${name(user)}'`,
    linux: `sudo -u postgres psql -c '\\password ${name(user)}'`,
  })),
  accessNotConfigured: reload,
  databaseMissing: sql(() => 'SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1;'),
  connectDenied: sql(({ database, user }) => `GRANT CONNECT ON DATABASE ${name(database)} TO ${name(user)};`),
  notAClinic: sql(() => "SELECT table_schema FROM information_schema.tables WHERE table_name = 'pacientes';"),
  schemaDenied: sql(({ schema, user }) => `GRANT USAGE ON SCHEMA ${name(schema)} TO ${name(user)};`),
  tablesDenied: sql(({ schema, user }) => `GRANT SELECT ON ALL TABLES IN SCHEMA ${name(schema)} TO ${name(user)};`),
  slotsFull: whoIsConnected,
  slotsTight: whoIsConnected,
  noActiveUsers: sql(
    ({ schema }) => `UPDATE ${name(schema)}.usuarios SET activo = true WHERE nombre_usuario = 'adm.santiago.ornelas';`,
  ),
  rowSecurity: sql(
    ({ table }) =>
      `SELECT policyname, roles, qual FROM pg_policies WHERE tablename = '${String(table).replaceAll("'", "''")}';`,
  ),
  backendDown: startBackend,
  backendSilent: startBackend,
  packageMissing: install,
  packageOld: install,
  slowLink: on('workstation', ({ host }) => each((system) => `ping ${quoted(host, system)}`)),
}

/** Where the page leads for the next step. */
const pages: Readonly<Partial<Record<Cause, NextPage>>> = {
  noProfile: 'connection',
  hostNotFound: 'connection',
  notPostgres: 'connection',
  tlsNotOffered: 'connection',
  tlsRequired: 'connection',
  certificateWrongHost: 'connection',
  certificateUntrusted: 'connection',
  caFileUnreadable: 'connection',
  plainLink: 'connection',
  plainPassword: 'connection',
  passwordMissing: 'connection',
  databaseMissing: 'connection',
  notAClinic: 'connection',
  schemaElsewhere: 'connection',
  leakedSessions: 'monitoring',
  slowSessions: 'monitoring',
  blockedSessions: 'monitoring',
  slotsFull: 'monitoring',
  slotsTight: 'monitoring',
  ourPoolLeaks: 'monitoring',
  ourPoolExhausted: 'connection',
  indexesMissing: 'monitoring',
  backendErrors: 'monitoring',
  emptyClinic: 'connection',
  noRecentAppointments: 'connection',
}

/** The commands of a cause, each for its system, ready to be copied. No password stands in one. */
export function commandsOf(cause: Cause, facts: Facts): readonly Command[] {
  const step = steps[cause]
  if (step === undefined) return []
  const texts = step.texts(facts)
  if (typeof texts === 'string') return [{ system: null, place: step.place, text: texts }]
  return (Object.entries(texts) as [System, string][]).map(([system, text]) => ({ system, place: step.place, text }))
}

/** The page of the app where a cause is dealt with. */
export function pageOf(cause: Cause): NextPage {
  return pages[cause] ?? null
}

/** What would prove what could not be looked at. */
export function commandsToProve(note: string, facts: Facts): readonly Command[] {
  if (note === 'sessionsHidden') {
    return [{ system: null, place: 'server', text: `GRANT pg_monitor TO ${name(facts.role)};` }]
  }
  if (note === 'packagesUnknown') {
    const show = '-m pip show psycopg psycopg-pool'
    return [
      { system: 'windows', place: 'backend', text: `venv\\Scripts\\python ${show}` },
      { system: 'macos', place: 'backend', text: `venv/bin/python ${show}` },
      { system: 'linux', place: 'backend', text: `venv/bin/python ${show}` },
    ]
  }
  return []
}
