/**
 * The names that cross the bridge, and nothing else: the preload carries this list, so it must stay
 * free of imports. `contract.ts` does not compile when a name is missing here or has no definition.
 */
export const procedureNames = [
  'shell.about',
  'shell.copy',
  'shell.openExternal',
  'shell.chooseFile',
  'settings.read',
  'settings.save',
  'connection.state',
  'connection.test',
  'connection.save',
  'connection.remove',
  'connection.open',
  'connection.close',
  'connection.importEnv',
  'session.current',
  'session.login',
  'session.logout',
  'session.lock',
  'session.unlock',
  'session.reauthenticate',
  'session.activity',
  'dashboard.load',
  'users.list',
  'indexes.advice',
  'indexes.create',
  'indexes.drop',
  'export.saveCsv',
  'export.savePdf',
  'monitoring.pool',
  'cleanup.plan',
  'cleanup.rehearse',
  'cleanup.result',
  'cleanup.users',
  'cleanup.searchPatients',
  'cleanup.exportPlan',
  'cleanup.savePlan',
  'jobs.list',
  'jobs.cancel',
] as const

/** Topics that main pushes to the page. */
export const topicNames = [
  'shell.command',
  'settings.changed',
  'connection.changed',
  'session.changed',
  'jobs.changed',
] as const

export type ProcedureName = (typeof procedureNames)[number]
export type TopicName = (typeof topicNames)[number]
