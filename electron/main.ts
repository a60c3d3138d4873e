import { join } from 'node:path'
import { app } from 'electron'
import { createCleanup } from '#electron/cleanup/cleanup.ts'
import { createConnection } from '#electron/connection/connection.ts'
import { createDashboard } from '#electron/dashboard/dashboard.ts'
import { createBackendKnowledge } from '#electron/deployment/backend-knowledge.ts'
import { createChecks } from '#electron/deployment/checks.ts'
import { createDeployment } from '#electron/deployment/deployment.ts'
import { createBundle } from '#electron/diagnosis/bundle-part.ts'
import { createDiagnosis } from '#electron/diagnosis/diagnosis.ts'
import { createExport } from '#electron/export/export.ts'
import { createIndexes } from '#electron/indexes/indexes.ts'
import { createJobs } from '#electron/jobs/jobs.ts'
import { createMonitoring } from '#electron/monitoring/monitoring.ts'
import { createPolicy, policyFile } from '#electron/policy/policy.ts'
import { verifyPassword } from '#electron/session/password-hash.ts'
import { createSession } from '#electron/session/session.ts'
import { createSettings } from '#electron/settings/settings.ts'
import { about } from '#electron/shell/about.ts'
import { askAside } from '#electron/shell/aside.ts'
import { openDoor } from '#electron/shell/door.ts'
import { printDocument } from '#electron/shell/export.ts'
import { settleFolders } from '#electron/shell/folders.ts'
import { followLifecycle } from '#electron/shell/lifecycle.ts'
import { type LogFile, openLogFile } from '#electron/shell/log-file.ts'
import { watchOpenedFiles } from '#electron/shell/opened-file.ts'
import { declareScheme, servePage } from '#electron/shell/protocol.ts'
import { markRunning, type RunningMark } from '#electron/shell/running-mark.ts'
import { createScreen } from '#electron/shell/screen.ts'
import { denyByDefault, hardenProcess } from '#electron/shell/security.ts'
import { createShell } from '#electron/shell/shell.ts'
import { readSurroundings, startOrTell } from '#electron/shell/surroundings.ts'
import { loadUpdater, updateChannel } from '#electron/shell/updater.ts'
import { createUpdates } from '#electron/updates/updates.ts'
import { createUsers } from '#electron/users/users.ts'
import type { IndexAdviceList } from '#shared/indexes.ts'
import type { SessionState } from '#shared/session.ts'

const { userData, demoFile, testPolicy, testFeed } = readSurroundings()
if (userData !== undefined) app.setPath('userData', userData)
hardenProcess()
declareScheme()
const opened = watchOpenedFiles()
const folders = settleFolders()
// Where no lock can lie, every start is a first one.
if (!folders.writable || app.requestSingleInstanceLock()) void app.whenReady().then(begin)
else app.quit()

function begin(): void {
  const log = openLogFile({ folder: folders.logs, echo: !app.isPackaged })
  const mark = markRunning({
    ...{ file: join(app.getPath('userData'), 'running.json'), logFile: log.file, version: app.getVersion(), log },
    writable: folders.writable,
  })
  startOrTell(log, () => start(log, mark), mark.remove)
}

/** Builds every part in order; `stop` ends them in reverse. */
function start(log: LogFile, mark: RunningMark): void {
  const inUserData = (name: string) => join(app.getPath('userData'), name)

  const policy = createPolicy({
    file: testPolicy ?? policyFile(process.platform, process.env),
    ...{ protected: testPolicy === undefined, log },
  })
  const settings = createSettings({
    ...{ file: inUserData('settings.json'), log, systemLanguage: app.getLocale() },
    fixedLanguage: policy.state().language,
  })
  const screen = createScreen({
    ...{ settings: settings.read, placeFile: inUserData('window.json'), log, onPageGone: mark.pageGone },
    preload: join(import.meta.dirname, '../preload/preload.cjs'),
  })
  const chosen = new Set<string>()
  const connection = createConnection({
    ...{ file: inUserData('connections.json'), demoFile, log },
    fixed: policy.connection(),
    mayImport: (path) => chosen.has(path),
  })
  const { database, zone, openOwner } = connection
  const session = createSession({
    ...{ database, zone, log, settings: settings.read },
    throttleFile: inUserData('throttle.json'),
  })
  const jobs = createJobs({ log })
  const files = createExport({
    ...{ zone, log, clinic: connection.name, choosePlace: screen.choosePlace, print: screen.print },
    author: () => fullName(session.state()),
    language: () => settings.read().language,
  })
  const { keepFile } = files
  const monitoring = createMonitoring({
    ...{ database, openOwner, keepFile, log, settings: settings.read, session: session.state },
    workerFile: join(import.meta.dirname, 'log-worker.js'),
    file: inUserData('logs.json'),
    profile: () => connection.profile()?.id ?? null,
    ...{ chooseFiles: screen.chooseLogFiles, chooseFolder: screen.chooseComposeFolder, notify: screen.notify },
  })
  const dashboard = createDashboard({ database, zone, log }).handlers
  const cleanup = createCleanup({
    ...{ database, zone, session, jobs, keepFile, log, openOwner, printDocument },
    profile: connection.profile,
    app: { name: app.getName(), version: app.getVersion() },
    journalFile: inUserData('cleanups.json'),
    application: [app.getPath('userData'), app.getAppPath()],
    choose: screen.chooseBackupPlace,
    deriveAside: (of) => askAside(join(import.meta.dirname, 'key-process.js'), 'podoskin-key', of),
    openedFile: opened.take,
  }).handlers
  const checks = createChecks({
    ...{ verifyPassword, backendLog: monitoring.log },
    cleanupHistory: async () => cleanup['cleanup.history'](undefined),
    loadDashboard: async () => dashboard['dashboard.load']({ days: 30 }),
  })
  const deployment = createDeployment({
    ...{ checks, database, zone, session, jobs, keepFile, log },
    file: inUserData('deployment.json'),
    profile: connection.profile,
    ...{ logSource: monitoring.log.source, choosePlace: screen.chooseBackendPlace, app: app.getVersion() },
  }).handlers
  const channel = updateChannel(testFeed)
  const updates = createUpdates({
    off: policy.state().updates === 'off' ? 'policy' : channel.off,
    ...{ how: channel.how, engine: () => loadUpdater(testFeed), busy: () => jobs.running() !== null, log },
  })
  const indexes = createIndexes({ database, openOwner, start: jobs.start, log })
  const backend = createBackendKnowledge(session, () => deployment['deployment.state'](undefined))
  const diagnosis = createDiagnosis({
    ...{ database, log, reach: connection.reach, lookAtSessions: monitoring.lookAtSessions },
    missingIndexes: async () => countMissing(await indexes.handlers['indexes.advice'](undefined)),
    ...{ backendPackages: backend.packages, backendUrl: backend.url },
  })
  const bundle = createBundle({
    ...{ database, log, keepFile, reach: connection.reach, settings: settings.read, lastDiagnosis: diagnosis.last },
    about: () => about(log.file),
    ...{ backendPackages: backend.packages, checklist: backend.checklist, backendLog: monitoring.log.newest },
  })
  const door = openDoor({
    handlers: {
      ...settings.handlers,
      ...policy.handlers,
      ...updates.handlers,
      ...connection.handlers,
      ...session.handlers,
      ...dashboard,
      ...monitoring.handlers,
      ...createUsers({ database, zone }).handlers,
      ...indexes.handlers,
      ...diagnosis.handlers,
      ...bundle.handlers,
      ...files.handlers,
      ...cleanup,
      ...deployment,
      ...jobs.handlers,
      ...createShell({
        ...{ window: screen.window, words: screen.words, log, trouble: mark.trouble, openedFile: opened.waiting },
        onChosen: (path) => chosen.add(path),
      }),
    },
    ...{ session, forbids: policy.forbids, log, window: screen.window },
  })
  const dress = () => screen.dress(session.state().status === 'in', (command) => door.push('shell.command', command))

  opened.onChange((now) => door.push('shell.opened', now))
  settings.onChange((now) => {
    door.push('settings.changed', now)
    dress()
  })
  connection.onChange((now) => door.push('connection.changed', now))
  monitoring.log.onChange((now) => door.push('monitoring.logChanged', now))
  connection.onDatabaseChange(() => {
    session.end()
    monitoring.forgetSessions()
  })
  jobs.onChange((now) => door.push('jobs.changed', now))
  updates.onChange((now) => door.push('updates.changed', now))
  session.onChange((now) => {
    door.push('session.changed', now)
    dress()
    if (now.status === 'in') void database().warm()
    void monitoring.follow(now)
  })
  followLifecycle({
    log,
    onSecondStart: screen.focus,
    onScreenLock: () => session.lock('screen'),
    async stop() {
      updates.close()
      await jobs.close()
      await monitoring.close()
      await diagnosis.close()
      door.close()
      session.end()
      await connection.close()
      await screen.settled()
    },
    onEnd: mark.remove,
  })

  denyByDefault(log)
  servePage(join(import.meta.dirname, '../renderer'))
  dress()
  void connection.reopen()
  screen.open()
}

function fullName(session: SessionState): string {
  return session.status === 'out' ? '' : session.user.fullName
}

function countMissing({ indexes }: IndexAdviceList): number {
  return indexes.filter(({ status }) => status.state === 'missing').length
}
