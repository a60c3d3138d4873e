import { services } from './services.js'

/** @typedef {import('./plan.js').Plan} Plan */
/** @typedef {import('./agenda.js').Appointment} Appointment */

/** Prices rise a little every year. @param {Plan} plan @param {number} service @param {number} day @returns {number} pesos */
export function priceOf(plan, service, day) {
  const years = Math.floor((plan.today - day) / 365)
  return Math.round(((services[service]?.price ?? 0) * (1 - 0.06 * Math.max(0, years))) / 10) * 10
}

/** What an appointment costs, in cents. @param {Plan} plan @param {Appointment} appointment */
export function costOf(plan, { service, extra, discount, day }) {
  const main = priceOf(plan, service, day) * (100 - discount)
  return extra < 0 ? main : main + priceOf(plan, extra, day) * 100
}

/** @param {number} cents */
export const money = (cents) => (cents / 100).toFixed(2)
