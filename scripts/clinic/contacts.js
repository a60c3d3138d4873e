/**
 * Four of five patients also write: their contact's id, or null for the fifth.
 * @param {number} patient from 1
 */
export function contactOf(patient) {
  const index = patient - 1
  return index % 5 === 4 ? null : Math.floor(index / 5) * 4 + (index % 5) + 1
}

/** Contacts that belong to patients. @param {import('./plan.js').Plan} plan */
export const patientContacts = (plan) => plan.patients - Math.floor(plan.patients / 5)

/** People who asked and never came. @param {import('./plan.js').Plan} plan */
export const prospects = (plan) => 5 + Math.floor(plan.patients / 12)
