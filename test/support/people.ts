import { demoCredentials } from '#scripts/clinic/clinic.js'

function person(role: RegExp) {
  const found = demoCredentials.find((credential) => role.test(credential.role))
  if (found === undefined) throw new Error(`the demo clinic has no user whose role is ${role}`)
  return found
}

/** Invented users of the demo clinic. */
export const administrator = person(/admin/i)
export const receptionist = person(/recep/i)
