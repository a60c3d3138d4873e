/** What the bench measures of the main process, bundled as the app's own build bundles it. */
export { createDashboard } from '#electron/dashboard/dashboard.ts'
export { openDatabase } from '#electron/database/open.ts'
export { advised, createStatement } from '#electron/indexes/advised.ts'
