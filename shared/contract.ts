import { z } from 'zod'
import * as cleanup from './cleanup.ts'
import * as backup from './cleanup-backup.ts'
import * as run from './cleanup-run.ts'
import * as connection from './connection.ts'
import * as dashboard from './dashboard.ts'
import * as deployment from './deployment.ts'
import * as env from './deployment-env.ts'
import * as diagnosis from './diagnosis.ts'
import * as exports from './export.ts'
import * as indexes from './indexes.ts'
import * as jobs from './jobs.ts'
import type { PoolFigures } from './monitoring.ts'
import * as logs from './monitoring-log.ts'
import * as sessions from './monitoring-sessions.ts'
import type { ProcedureName, TopicName } from './names.ts'
import type { PolicyState } from './policy.ts'
import * as session from './session.ts'
import * as settings from './settings.ts'
import * as shell from './shell.ts'
import type { UpdateState } from './updates.ts'
import type { UserList } from './users.ts'

/**
 * Who may call a procedure.
 * - `anyone`: also before login and while locked.
 * - `setup`: anyone while nobody is logged in, an administrator afterwards.
 * - `member`: any user of the clinic who is logged in.
 * - `admin`: users whose role is Admin.
 */
export type Access = 'anyone' | 'setup' | 'member' | 'admin'

declare const output: unique symbol

export interface ProcedureDefinition<I extends z.ZodType, O> {
  readonly input: I
  readonly access: Access
  /** Whether the password must have been typed again within the last minutes. */
  readonly fresh: boolean
  /** What it does to the clinic's database; `local` touches only this workstation. The user is read again before a `write`. */
  readonly effect: 'read' | 'write' | 'local'
  readonly [output]?: O
}

export interface TopicDefinition<P> {
  readonly access: Extract<Access, 'anyone' | 'member' | 'admin'>
  readonly [output]?: P
}

const nothing = z.undefined()

function procedure<O>() {
  return <I extends z.ZodType>(
    effect: ProcedureDefinition<I, O>['effect'],
    access: Access,
    input: I,
    fresh = false,
  ): ProcedureDefinition<I, O> => ({ effect, access, input, fresh })
}

function topic<P>(access: TopicDefinition<P>['access']): TopicDefinition<P> {
  return { access }
}

/** Every procedure of the bridge: what it takes, what it answers, who may call it. */
export const procedures = {
  'shell.about': procedure<shell.About>()('local', 'anyone', nothing),
  'shell.trouble': procedure<shell.Trouble | null>()('local', 'anyone', nothing),
  'shell.openedFile': procedure<shell.OpenedFile | null>()('local', 'anyone', nothing),
  'shell.copy': procedure<void>()('local', 'anyone', shell.copySchema),
  'shell.openExternal': procedure<void>()('local', 'anyone', z.object({ place: shell.externalPlaceSchema }).strict()),
  'shell.chooseFile': procedure<string | null>()(
    'local',
    'setup',
    z.object({ purpose: shell.filePurposeSchema }).strict(),
  ),
  'settings.read': procedure<settings.Settings>()('local', 'anyone', nothing),
  'settings.save': procedure<settings.Settings>()('local', 'anyone', settings.settingsChangeSchema),
  'policy.state': procedure<PolicyState>()('local', 'anyone', nothing),
  'updates.state': procedure<UpdateState>()('local', 'anyone', nothing),
  'updates.check': procedure<UpdateState>()('local', 'admin', nothing),
  'updates.install': procedure<void>()('local', 'member', nothing),
  'connection.state': procedure<connection.ConnectionState>()('local', 'anyone', nothing),
  'connection.test': procedure<connection.TestReport>()('read', 'setup', connection.testConnectionSchema),
  'connection.save': procedure<connection.Profile>()('local', 'setup', connection.saveProfileSchema),
  'connection.remove': procedure<void>()('local', 'setup', connection.profileReferenceSchema),
  'connection.open': procedure<connection.ConnectionState>()('local', 'setup', connection.openProfileSchema),
  'connection.close': procedure<connection.ConnectionState>()('local', 'setup', nothing),
  'connection.importEnv': procedure<connection.ImportedEnv>()('local', 'setup', connection.importEnvSchema),
  'connection.roles': procedure<connection.RoleAdvice>()('read', 'admin', nothing),
  'session.current': procedure<session.SessionState>()('local', 'anyone', nothing),
  'session.login': procedure<session.SessionState>()('write', 'anyone', session.loginSchema),
  'session.logout': procedure<session.SessionState>()('local', 'anyone', nothing),
  'session.lock': procedure<session.SessionState>()('local', 'member', nothing),
  'session.unlock': procedure<session.SessionState>()('read', 'anyone', session.passwordSchema),
  'session.reauthenticate': procedure<void>()('read', 'member', session.passwordSchema),
  'session.activity': procedure<void>()('local', 'member', nothing),
  'dashboard.load': procedure<dashboard.Dashboard>()('read', 'member', dashboard.loadDashboardSchema),
  'users.list': procedure<UserList>()('read', 'admin', nothing),
  'indexes.advice': procedure<indexes.IndexAdviceList>()('read', 'admin', nothing),
  'indexes.create': procedure<jobs.Job>()('write', 'admin', indexes.indexJobSchema, true),
  'indexes.drop': procedure<jobs.Job>()('write', 'admin', indexes.indexJobSchema, true),
  'export.saveCsv': procedure<exports.ExportResult>()('local', 'member', exports.tableSchema),
  'export.savePdf': procedure<exports.ExportResult>()('local', 'member', exports.printSchema),
  'monitoring.pool': procedure<PoolFigures>()('local', 'admin', nothing),
  'monitoring.logState': procedure<logs.LogState>()('local', 'admin', nothing),
  'monitoring.logChooseFiles': procedure<logs.LogState>()('local', 'admin', nothing),
  'monitoring.logFollow': procedure<logs.LogState>()('local', 'admin', logs.logCommandSchema),
  'monitoring.logForget': procedure<logs.LogState>()('local', 'admin', nothing),
  'monitoring.logPage': procedure<logs.LogPage>()('local', 'admin', logs.logPageSchema),
  'monitoring.logNext': procedure<{ readonly row: number | null }>()('local', 'admin', logs.logNextSchema),
  'monitoring.logExport': procedure<exports.ExportResult>()('local', 'admin', logs.logExportSchema),
  'monitoring.sessions': procedure<sessions.SessionsView>()('read', 'admin', nothing),
  'monitoring.endSession': procedure<sessions.SessionEnd>()('write', 'admin', sessions.endSessionSchema, true),
  'cleanup.plan': procedure<cleanup.CleanupPlan>()('read', 'admin', cleanup.planCleanupSchema),
  'cleanup.rehearse': procedure<jobs.Job>()('write', 'admin', cleanup.rehearseCleanupSchema),
  'cleanup.result': procedure<cleanup.RehearsalResult>()('read', 'admin', cleanup.rehearsalReferenceSchema),
  'cleanup.users': procedure<readonly cleanup.CleanupUser[]>()('read', 'admin', nothing),
  'cleanup.searchPatients': procedure<readonly cleanup.FoundPatient[]>()('read', 'admin', cleanup.searchPatientsSchema),
  'cleanup.exportPlan': procedure<exports.ExportedPlan>()('read', 'admin', cleanup.planCleanupSchema),
  'cleanup.savePlan': procedure<exports.ExportResult>()('read', 'admin', cleanup.savePlanSchema),
  'cleanup.folders': procedure<readonly backup.BackupFolder[]>()('local', 'admin', nothing),
  'cleanup.chooseFolder': procedure<backup.BackupFolder | null>()('local', 'admin', nothing),
  'cleanup.checkFolder': procedure<backup.BackupFolder>()('local', 'admin', backup.folderReferenceSchema),
  'cleanup.run': procedure<jobs.Job>()('write', 'admin', run.runCleanupSchema, true),
  'cleanup.outcome': procedure<run.Outcome>()('read', 'admin', run.outcomeReferenceSchema),
  'cleanup.backups': procedure<backup.BackupList>()('local', 'admin', backup.backupsSchema),
  'cleanup.chooseBackup': procedure<backup.BackupFile | null>()('local', 'admin', nothing),
  'cleanup.openedBackup': procedure<backup.BackupFile | null>()('local', 'admin', nothing),
  'cleanup.verifyBackup': procedure<jobs.Job>()('local', 'admin', backup.openBackupSchema),
  'cleanup.restorePlan': procedure<jobs.Job>()('write', 'admin', backup.tryRestoreSchema),
  'cleanup.testRestore': procedure<jobs.Job>()('write', 'admin', backup.tryRestoreSchema),
  'cleanup.restore': procedure<jobs.Job>()('write', 'admin', backup.restoreSchema, true),
  'cleanup.deleteBackup': procedure<void>()('local', 'admin', backup.deleteBackupSchema, true),
  'cleanup.history': procedure<readonly run.HistoryEntry[]>()('read', 'admin', nothing),
  'cleanup.saveReport': procedure<exports.ExportResult>()('read', 'admin', run.saveReportSchema),
  'cleanup.sealState': procedure<run.SealState>()('read', 'admin', nothing),
  'cleanup.seal': procedure<run.SealState>()('write', 'admin', run.sealSchema, true),
  'cleanup.reopen': procedure<run.SealState>()('write', 'admin', run.reopenSchema, true),
  'deployment.state': procedure<deployment.DeploymentState>()('read', 'admin', nothing),
  'deployment.run': procedure<jobs.Job>()('read', 'admin', deployment.runChecksSchema),
  'deployment.decide': procedure<deployment.DeploymentState>()('local', 'admin', deployment.decideCheckSchema),
  'deployment.clear': procedure<deployment.DeploymentState>()('local', 'admin', deployment.checkReferenceSchema),
  'deployment.choosePlace': procedure<deployment.DeploymentState>()('local', 'admin', deployment.backendPlaceSchema),
  'deployment.forgetPlace': procedure<deployment.DeploymentState>()('local', 'admin', deployment.backendPlaceSchema),
  'deployment.saveBackend': procedure<deployment.DeploymentState>()('local', 'admin', deployment.saveBackendSchema),
  'deployment.credentials': procedure<deployment.DeploymentState>()(
    'local',
    'admin',
    deployment.backendCredentialsSchema,
  ),
  'deployment.readEnv': procedure<env.EnvFile>()('local', 'admin', nothing),
  'deployment.writeEnv': procedure<env.EnvFile>()('local', 'admin', env.writeEnvSchema, true),
  'deployment.certificate': procedure<deployment.IssuedCertificate>()('read', 'admin', nothing),
  'deployment.saveCertificate': procedure<exports.ExportResult>()('local', 'admin', deployment.saveCertificateSchema),
  'diagnosis.start': procedure<diagnosis.Diagnosis>()('local', 'setup', diagnosis.startDiagnosisSchema),
  'diagnosis.next': procedure<diagnosis.Diagnosis>()('read', 'setup', diagnosis.diagnosisReferenceSchema),
  'diagnosis.prepareBundle': procedure<diagnosis.BundlePreview>()('read', 'admin', nothing),
  'diagnosis.saveBundle': procedure<exports.ExportResult>()('local', 'admin', diagnosis.diagnosisReferenceSchema),
  'jobs.list': procedure<readonly jobs.Job[]>()('local', 'admin', nothing),
  'jobs.cancel': procedure<void>()('local', 'admin', jobs.jobReferenceSchema),
} as const

/** Every topic that main pushes, with who may hear it. */
export const topics = {
  'shell.command': topic<shell.Command>('anyone'),
  'shell.opened': topic<shell.OpenedFile | null>('anyone'),
  'settings.changed': topic<settings.Settings>('anyone'),
  'updates.changed': topic<UpdateState>('anyone'),
  'connection.changed': topic<connection.ConnectionState>('anyone'),
  'session.changed': topic<session.SessionState>('anyone'),
  'monitoring.logChanged': topic<logs.LogState>('admin'),
  'jobs.changed': topic<jobs.Job>('admin'),
} as const

export type Procedures = typeof procedures
export type Topics = typeof topics

/** What a caller passes. */
export type Input<N extends ProcedureName> = z.input<Procedures[N]['input']>
/** What a handler receives: parsed, nothing else. */
export type Parsed<N extends ProcedureName> = z.output<Procedures[N]['input']>
export type Output<N extends ProcedureName> = Procedures[N] extends ProcedureDefinition<z.ZodType, infer O> ? O : never
export type Payload<N extends TopicName> = Topics[N] extends TopicDefinition<infer P> ? P : never

/** One handler for each procedure; it receives the parsed input and throws `AppError` to refuse. */
export type Handlers = { readonly [N in ProcedureName]: (input: Parsed<N>) => Promise<Output<N>> | Output<N> }
/** The handlers that one feature brings: `HandlersOf<'session'>`. */
export type HandlersOf<F extends string> = Pick<Handlers, Extract<ProcedureName, `${F}.${string}`>>

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never
// The preload's plain list and this contract name the same procedures and topics, or nothing compiles.
true satisfies Same<ProcedureName, keyof Procedures>
true satisfies Same<TopicName, keyof Topics>
