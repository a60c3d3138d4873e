/** What the bench measures of the main process, bundled as the app's own build bundles it. */
export { level } from '#electron/cleanup/backup/pack.ts'
export { readBackup } from '#electron/cleanup/backup/reader.ts'
export { createBackup } from '#electron/cleanup/backup/writer.ts'
export { createDashboard } from '#electron/dashboard/dashboard.ts'
export { openDatabase } from '#electron/database/open.ts'
export { advised, createStatement } from '#electron/indexes/advised.ts'
export { scanLog } from '#electron/monitoring/log/scan.ts'
