import { createRandom } from './random.js'

/** Invented people: common given names and surnames of the north of Mexico, combined at random. */

const women = (
  'María Guadalupe Juana Margarita Verónica Alejandra Leticia Rosa Gabriela Patricia Elizabeth Adriana Norma Claudia ' +
  'Silvia Martha Karla Daniela Fernanda Ximena Valeria Sofía Renata Camila Mariana Paola Andrea Lucía Carmen Teresa ' +
  'Yolanda Irma Alma Lorena Araceli Esperanza Blanca Dolores Cristina Isabel Beatriz Rocío Mónica Angélica Brenda Itzel'
).split(' ')
const men = (
  'José Juan Luis Carlos Jesús Francisco Miguel Jorge Pedro Alejandro Manuel Roberto Fernando Ricardo Eduardo Javier ' +
  'Sergio Raúl Arturo Rafael Héctor Óscar Daniel Martín Víctor Enrique Mario Alberto Gerardo Armando Diego Santiago ' +
  'Sebastián Mateo Emiliano Leonardo Iván Hugo Rubén Ramón Salvador Ernesto Guillermo Gustavo Adrián Ángel'
).split(' ')
const surnames = (
  'García Hernández Martínez López González Rodríguez Pérez Sánchez Ramírez Cruz Flores Gómez Morales Vázquez Reyes ' +
  'Jiménez Torres Díaz Gutiérrez Ruiz Mendoza Aguilar Ortiz Castillo Moreno Romero Álvarez Méndez Chávez Rivera ' +
  'Juárez Ramos Domínguez Herrera Medina Castro Vargas Guzmán Velázquez Rojas Contreras Salazar Luna Ortega Guerrero ' +
  'Estrada Bautista Cortés Soto Alvarado Espinoza Lara Ávila Ríos Cervantes Silva Delgado Vega Márquez Sandoval ' +
  'Carrillo León Mejía Solís Núñez Rosales Valdez Ibarra Campos Santos Camacho Peña Maldonado Navarro Rosas Acosta ' +
  'Miranda Trejo Cabrera Valencia Nava Castañeda Pacheco Robles Molina Fuentes Rangel Huerta Meza Padilla Espinosa ' +
  'Zamora Leyva Beltrán Félix Murillo Verdugo Bojórquez Quintero Lizárraga Amador Peralta Ochoa Barraza'
).split(' ')

/** @typedef {{ woman: boolean, first: string, second: string | null, surname: string, motherSurname: string, phone: string, bornDay: number }} Person */

/**
 * @param {import('./random.js').Random} random
 * @param {number} today day number, from which ages count
 * @returns {Person}
 */
function drawPerson(random, today) {
  const woman = random.chance(0.62)
  const names = woman ? women : men
  const first = random.pick(names)
  const second = random.chance(0.45) ? random.pick(names) : null
  // feet complain with age: half are over fifty, one in twelve is a child
  const age = random.chance(0.08) ? 5 + random.next() * 13 : 18 + (random.next() + random.next()) * 34
  return {
    woman,
    first,
    second: second === first ? null : second,
    surname: random.pick(surnames),
    motherSurname: random.pick(surnames),
    phone: `686${random.digits(7)}`,
    bornDay: Math.floor(today - age * 365.25),
  }
}

/** @param {Person} person */
export const fullName = ({ first, second, surname, motherSurname }) =>
  second ? `${first} ${second} ${surname} ${motherSurname}` : `${first} ${surname} ${motherSurname}`

/** Letters as a user name or a tax key has them. @param {string} text */
export const plain = (text) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^A-Za-z]/g, '')

/**
 * The people of a plan, each the same every time it is asked for.
 * @param {string | number} seed
 * @param {string} purpose
 * @param {number} today
 */
export function createPeople(seed, purpose, today) {
  const random = createRandom(seed, purpose)
  return (/** @type {number} */ index) => drawPerson(random.at(index), today)
}

export const colonias = [
  ...['Nueva', 'Centro Cívico', 'Jardines del Valle', 'Los Pinos', 'Villafontana', 'Independencia', 'Pro-Hogar'],
  ...['Cuauhtémoc', 'Zacatecas', 'Burócratas', 'Calafia', 'González Ortega', 'Villas del Rey', 'Santa Mónica'],
  ...['Nacionalista', 'Benito Juárez', 'Hidalgo', 'Baja California', 'Lomas Altas', 'Valle de Puebla'],
]
export const streets = [
  ...['Av. Reforma', 'Calz. Independencia', 'Blvd. Lázaro Cárdenas', 'Av. Madero', 'Calle Río Colorado'],
  ...['Av. Obregón', 'Calz. Justo Sierra', 'Calle Novena', 'Av. Larroque', 'Calle del Hospital', 'Blvd. Anáhuac'],
]
