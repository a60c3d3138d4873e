/** The demo clinic: the tables of the catalogue, data that looks like a podiatry clinic in Mexicali, and its variants. */
export { createClinic, leftOut } from './create.js'
export { applyDrift, drifts } from './drifts.js'
export { fillClinic } from './fill.js'
export { demoCredentials } from './staff.js'
