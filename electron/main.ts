import inspector from 'node:inspector'
import { join } from 'node:path'
import { app, type BrowserWindow } from 'electron'
import { createCleanup } from '#electron/cleanup/cleanup.ts'
import { createConnection } from '#electron/connection/connection.ts'
import { createDashboard } from '#electron/dashboard/dashboard.ts'
import { createChecks } from '#electron/deployment/checks.ts'
import { createDeployment } from '#electron/deployment/deployment.ts'
import { findEnvironment } from '#electron/deployment/python/environment.ts'
import { readPackages } from '#electron/deployment/python/packages.ts'
import { createBundle } from '#electron/diagnosis/bundle-part.ts'
import { createDiagnosis } from '#electron/diagnosis/diagnosis.ts'
import { createExport } from '#electron/export/export.ts'
import { createIndexes } from '#electron/indexes/indexes.ts'
import { createJobs } from '#electron/jobs/jobs.ts'
import { createBackendLog } from '#electron/monitoring/log.ts'
import { createMonitoring } from '#electron/monitoring/monitoring.ts'
import { createSessionAlarm } from '#electron/monitoring/session-alarm.ts'
import { createSessions } from '#electron/monitoring/sessions.ts'
import { createPolicy, policyFile } from '#electron/policy/policy.ts'
import { verifyPassword } from '#electron/session/password-hash.ts'
import { createSession } from '#electron/session/session.ts'
import { createSettings } from '#electron/settings/settings.ts'
import { about } from '#electron/shell/about.ts'
import {
  chooseBackendPlace,
  chooseBackupPlace,
  chooseLogFiles,
  offerReload,
  showAbout,
  showStartFailure,
} from '#electron/shell/dialogs.ts'
import { openDoor } from '#electron/shell/door.ts'
import { choosePlace, printDocument, printPage } from '#electron/shell/export.ts'
import { describeFailure } from '#electron/shell/failure.ts'
import { followLifecycle } from '#electron/shell/lifecycle.ts'
import { type LogFile, openLogFile } from '#electron/shell/log-file.ts'
import { showMenu } from '#electron/shell/menu.ts'
import { notify } from '#electron/shell/notify.ts'
import { declareScheme, servePage } from '#electron/shell/protocol.ts'
import { markRunning, type RunningMark } from '#electron/shell/running-mark.ts'
import { denyByDefault, hardenProcess } from '#electron/shell/security.ts'
import { createShell } from '#electron/shell/shell.ts'
import { loadUpdater, updateChannel } from '#electron/shell/updater.ts'
import { applyAppearance, focus, openWindow } from '#electron/shell/window.ts'
import { shellWords } from '#electron/shell/words.ts'
import { createUpdates } from '#electron/updates/updates.ts'
import { createUsers } from '#electron/users/users.ts'
import { AppError } from '#shared/errors.ts'
import type { IndexAdviceList } from '#shared/indexes.ts'
import type { SessionState } from '#shared/session.ts'

// From source, the demo and the tests bring their own folder and clinic. A packaged app listens to neither, unless it is
// a copy whose fuse was flipped so that tests can drive it: nothing inspects one that was not tampered with.
const driven = !app.isPackaged || inspector.url() !== undefined
const {
  PODOSKIN_USER_DATA: userData,
  PODOSKIN_DEMO: demoFile,
  PODOSKIN_POLICY: testPolicy,
  PODOSKIN_UPDATE_FEED: testFeed,
} = driven ? process.env : {}
if (userData !== undefined) app.setPath('userData', userData)
hardenProcess()
declareScheme()
if (app.requestSingleInstanceLock()) void app.whenReady().then(begin)
else app.quit()

function begin(): void {
  const log = openLogFile({ folder: join(app.getPath('userData'), 'logs'), echo: !app.isPackaged })
  const mark = markRunning({
    ...{ file: join(app.getPath('userData'), 'running.json'), logFile: log.file, version: app.getVersion(), log },
  })
  try {
    start(log, mark)
  } catch (error) {
    log.error('start failed', describeFailure(error))
    mark.remove()
    showStartFailure(shellWords('es'), log.file)
    app.exit(1)
  }
}

/** Builds every part in order; `stop` ends them in reverse. */
function start(log: LogFile, mark: RunningMark): void {
  const inUserData = (name: string) => join(app.getPath('userData'), name)
  let window: BrowserWindow | null = null

  const policy = createPolicy({
    ...{ file: testPolicy ?? policyFile(process.platform, process.env), protected: testPolicy === undefined, log },
  })
  const settings = createSettings({
    ...{ file: inUserData('settings.json'), log, systemLanguage: app.getLocale() },
    fixedLanguage: policy.state().language,
  })
  const words = () => shellWords(settings.read().language)
  const chosen = new Set<string>()
  const connection = createConnection({
    ...{ file: inUserData('connections.json'), demoFile, log },
    fixed: policy.connection(),
    mayImport: (path) => chosen.has(path),
  })
  const { database, zone, openOwner } = connection
  const throttleFile = inUserData('throttle.json')
  const session = createSession({ database, zone, throttleFile, log, settings: settings.read })
  const jobs = createJobs({ log })
  const files = createExport({
    ...{ zone, log, clinic: connection.name },
    choosePlace: (question) => choosePlace(window, question),
    print: (margins, page) => printPage(window, margins, page),
    author: () => fullName(session.state()),
    language: () => settings.read().language,
  })
  const { keepFile } = files
  const alarm = createSessionAlarm()
  const sessions = createSessions({
    ...{ database, openOwner, log },
    watch: () => settings.read().notifications && isAdministrator(session.state()),
    onLook: (view) => {
      const notice = alarm(view, settings.read().language)
      if (notice && settings.read().notifications) notify(notice, () => focus(window))
    },
    who: () => userId(session.state()),
  })
  const workerFile = join(import.meta.dirname, 'log-worker.js')
  const backendLog = createBackendLog({
    ...{ workerFile, keepFile, log },
    file: inUserData('logs.json'),
    profile: () => connection.profile()?.id ?? null,
    chooseFiles: () => chooseLogFiles(window, words()),
    language: () => settings.read().language,
  })
  const dashboard = createDashboard({ database, zone, log }).handlers
  const cleanup = createCleanup({
    ...{ database, zone, session, jobs, keepFile, log, openOwner, printDocument },
    profile: connection.profile,
    app: { name: app.getName(), version: app.getVersion() },
    journalFile: inUserData('cleanups.json'),
    application: [app.getPath('userData'), app.getAppPath()],
    choose: (what) => chooseBackupPlace(what, window, words()),
  }).handlers
  const checks = createChecks({
    verifyPassword,
    cleanupHistory: async () => cleanup['cleanup.history'](undefined),
    loadDashboard: async () => dashboard['dashboard.load']({ days: 30 }),
  })
  const deployment = createDeployment({
    ...{ checks, database, zone, session, jobs, keepFile, log },
    file: inUserData('deployment.json'),
    profile: connection.profile,
    choosePlace: (place) => chooseBackendPlace(place, window, words()),
    app: app.getVersion(),
  }).handlers
  const channel = updateChannel(testFeed)
  const updates = createUpdates({
    off: policy.state().updates === 'off' ? 'policy' : channel.off,
    ...{ how: channel.how, engine: () => loadUpdater(testFeed), busy: () => jobs.running() !== null, log },
  })
  const indexes = createIndexes({ database, openOwner, start: jobs.start, log })
  // What the checklist knows of the backend is for who is logged in.
  const goingLive = async () =>
    session.state().status === 'in'
      ? deployment['deployment.state'](undefined)
      : Promise.reject(new AppError('NOT_LOGGED_IN'))
  const backendPackages = async () => {
    const { folder, venv } = (await goingLive()).backend
    const found = await findEnvironment(folder, venv)
    return found && readPackages(found.sites)
  }
  const diagnosis = createDiagnosis({
    ...{ database, log, reach: connection.reach, lookAtSessions: sessions.lookAt },
    missingIndexes: async () => countMissing(await indexes.handlers['indexes.advice'](undefined)),
    backendPackages,
    backendUrl: async () => (await goingLive()).backend.url,
  })
  const bundle = createBundle({
    ...{ database, log, keepFile, reach: connection.reach },
    about: () => about(log.file),
    settings: settings.read,
    lastDiagnosis: diagnosis.last,
    backendPackages,
    checklist: async () =>
      (await goingLive()).checks.map(({ id, status, result }) => ({ id, status, measured: result?.evidence ?? [] })),
    backendLogFile: async () => {
      const { log: source } = (await goingLive()).backend
      return source.kind === 'file' ? source.path : null
    },
  })
  const door = openDoor({
    handlers: {
      ...settings.handlers,
      ...policy.handlers,
      ...updates.handlers,
      ...connection.handlers,
      ...session.handlers,
      ...dashboard,
      ...createMonitoring({ database, workerFile }).handlers,
      ...backendLog.handlers,
      ...sessions.handlers,
      ...createUsers({ database, zone }).handlers,
      ...indexes.handlers,
      ...diagnosis.handlers,
      ...bundle.handlers,
      ...files.handlers,
      ...cleanup,
      ...deployment,
      ...jobs.handlers,
      ...createShell({
        ...{ window: () => window, words, log, trouble: mark.trouble },
        onChosen: (path) => chosen.add(path),
      }),
    },
    session,
    forbids: policy.forbids,
    log,
    window: () => window,
  })
  const menu = () =>
    showMenu({
      words: words(),
      send: (command) => door.push('shell.command', command),
      about: () => void showAbout(window, words(), about(log.file)),
      working: session.state().status === 'in',
      log,
    })

  settings.onChange((now) => {
    door.push('settings.changed', now)
    applyAppearance(now.appearance, window)
    menu()
  })
  connection.onChange((now) => door.push('connection.changed', now))
  backendLog.onChange((now) => door.push('monitoring.logChanged', now))
  backendLog.onNotice((notice) => {
    if (settings.read().notifications) notify(notice, () => focus(window))
  })
  connection.onDatabaseChange(() => {
    session.end()
    sessions.forget()
  })
  jobs.onChange((now) => door.push('jobs.changed', now))
  updates.onChange((now) => door.push('updates.changed', now))
  session.onChange((now) => {
    door.push('session.changed', now)
    menu()
    if (now.status === 'in') void database().warm()
    // Behind the lock screen the log is followed as before; nobody hears of it until it is opened.
    void backendLog.follow(now.status !== 'out' && now.user.role === 'admin')
  })
  followLifecycle({
    log,
    onSecondStart: () => focus(window),
    onScreenLock: () => session.lock('screen'),
    async stop() {
      updates.close()
      sessions.close()
      await jobs.close()
      await backendLog.close()
      await diagnosis.close()
      door.close()
      session.end()
      await connection.close()
    },
    onEnd: mark.remove,
  })

  denyByDefault(log)
  servePage(join(import.meta.dirname, '../renderer'))
  applyAppearance(settings.read().appearance, null)
  menu()
  void connection.reopen()
  window = openWindow({
    title: words().window.title,
    preload: join(import.meta.dirname, '../preload/preload.cjs'),
    placeFile: inUserData('window.json'),
    log,
    onCrash(crashed, reason) {
      mark.pageGone(reason)
      void offerReload(crashed, words())
    },
    onClosed: () => {
      window = null
    },
  })
}

function fullName(session: SessionState): string {
  return session.status === 'out' ? '' : session.user.fullName
}

function userId(session: SessionState): string {
  return session.status === 'out' ? '' : session.user.id
}

function isAdministrator(session: SessionState): boolean {
  return session.status === 'in' && session.user.role === 'admin'
}

function countMissing({ indexes }: IndexAdviceList): number {
  return indexes.filter(({ status }) => status.state === 'missing').length
}
