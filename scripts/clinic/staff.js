import { bcryptHash, pbkdf2Hash } from './passwords.js'
import { fullName, plain } from './people.js'

/** @typedef {'Admin' | 'Podologo' | 'Recepcionista' | 'Asistente'} RoleName */

export const roles = /** @type {const} */ (['Admin', 'Podologo', 'Recepcionista', 'Asistente'])

const TEST_PASSWORD = 'PodoDemo-Prueba1'

/**
 * The guide's four users and a few test users; ids count from 1.
 * @type {readonly { user: string, name: string, role: RoleName, password: string, hash: 'pbkdf2' | '2a' | '2b' | '2y', active?: false }[]}
 */
export const staff = [
  {
    user: 'dr.santiago.ornelas',
    name: 'Santiago Ornelas Reynoso',
    role: 'Admin',
    password: 'PodoDemo-Doctor1',
    hash: 'pbkdf2',
  },
  {
    user: 'adm.santiago.ornelas',
    name: 'Santiago Ornelas (administración)',
    role: 'Admin',
    password: 'PodoDemo-Admin1',
    hash: '2b',
  },
  {
    user: 'ivette.martinez',
    name: 'Ivette Martínez García',
    role: 'Recepcionista',
    password: 'PodoDemo-Recepcion1',
    hash: 'pbkdf2',
  },
  {
    user: 'ibeth.martinez',
    name: 'Ibeth Martínez García',
    role: 'Podologo',
    password: 'PodoDemo-Podologa1',
    hash: '2b',
  },
  {
    user: 'prueba.recepcion',
    name: 'Usuario de prueba (recepción)',
    role: 'Recepcionista',
    password: TEST_PASSWORD,
    hash: 'pbkdf2',
  },
  {
    user: 'prueba.asistente',
    name: 'Usuario de prueba (asistente)',
    role: 'Asistente',
    password: TEST_PASSWORD,
    hash: '2y',
  },
  {
    user: 'prueba.inactivo',
    name: 'Usuario de prueba (dado de baja)',
    role: 'Recepcionista',
    password: TEST_PASSWORD,
    hash: '2a',
    active: false,
  },
]

/** Users to log in with, one per role: an administrator, a receptionist and a podiatrist. */
export const demoCredentials = [1, 2, 3].flatMap((index) => {
  const found = staff[index]
  return found ? [{ user: found.user, password: found.password, role: found.role }] : []
})

/** @param {(typeof staff)[number]} member */
export const hashOf = ({ user, password, hash }) =>
  hash === 'pbkdf2' ? pbkdf2Hash(user, password) : bcryptHash(user, password, hash)

/** Who answers the telephone: the receptionists of the two shifts. */
export const receptionists = [3, 5]

/**
 * The user of a podiatrist (both count from 1): the doctor, Ibeth, then everybody hired for a bigger clinic.
 * @param {number} podiatrist
 */
export const userOfPodiatrist = (podiatrist) =>
  podiatrist === 1 ? 1 : podiatrist === 2 ? 4 : staff.length + podiatrist - 2

/**
 * The podiatrists hired beside the staff: they share one password, as its hash takes time to compute.
 * @param {import('./plan.js').Plan} plan
 */
export function* hiredPodiatrists(plan) {
  const random = plan.random('podiatrist')
  const hash = pbkdf2Hash('podologos', TEST_PASSWORD)
  for (let podiatrist = 3; podiatrist <= plan.podiatrists; podiatrist++) {
    const person = plan.podiatrist(podiatrist)
    const user = `${plain(person.first)}.${plain(person.surname)}${podiatrist}`.toLowerCase()
    yield {
      podiatrist,
      id: userOfPodiatrist(podiatrist),
      user,
      name: fullName(person),
      phone: person.phone,
      hash,
      random,
    }
  }
}
