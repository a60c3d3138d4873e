/**
 * What the clinic sells. Prices are pesos of the present year; `slots` are half hours.
 * @typedef {{ code: string, name: string, price: number, minutes: number, slots: 1 | 2, weight: number, consent?: boolean, motive: string, diagnosis: string, plan: string }} Service
 */

/** @type {readonly Service[]} */
export const services = [
  {
    ...{ code: 'POD-001', name: 'Consulta de valoración podológica', price: 350, minutes: 30, slots: 1, weight: 15 },
    ...{
      motive: 'Primera valoración del pie',
      diagnosis: 'Pie sin alteraciones agudas',
      plan: 'Plan de higiene y revisión',
    },
  },
  {
    ...{ code: 'POD-002', name: 'Quiropodia', price: 450, minutes: 30, slots: 1, weight: 24 },
    ...{
      motive: 'Callosidades y uñas gruesas',
      diagnosis: 'Hiperqueratosis plantar',
      plan: 'Deslaminación y corte de uñas',
    },
  },
  {
    ...{
      code: 'POD-003',
      name: 'Onicocriptosis: retiro de espícula',
      price: 720,
      minutes: 30,
      slots: 1,
      weight: 9,
      consent: true,
    },
    ...{
      motive: 'Dolor en el borde del primer dedo',
      diagnosis: 'Onicocriptosis grado I',
      plan: 'Espiculectomía y curación',
    },
  },
  {
    ...{
      code: 'POD-004',
      name: 'Onicocriptosis: matricectomía parcial',
      price: 1850,
      minutes: 60,
      slots: 2,
      weight: 6,
      consent: true,
    },
    ...{
      motive: 'Uña encarnada que reincide',
      diagnosis: 'Onicocriptosis grado III',
      plan: 'Matricectomía química con fenol',
    },
  },
  {
    ...{ code: 'POD-005', name: 'Curación postoperatoria', price: 280, minutes: 30, slots: 1, weight: 9 },
    ...{ motive: 'Curación tras matricectomía', diagnosis: 'Herida en cicatrización', plan: 'Curación y vendaje' },
  },
  {
    ...{
      code: 'POD-006',
      name: 'Verruga plantar: crioterapia',
      price: 950,
      minutes: 30,
      slots: 1,
      weight: 6,
      consent: true,
    },
    ...{
      motive: 'Lesión dolorosa en la planta',
      diagnosis: 'Verruga plantar',
      plan: 'Crioterapia, revisión en dos semanas',
    },
  },
  {
    ...{ code: 'POD-007', name: 'Onicomicosis: sesión de láser', price: 1200, minutes: 30, slots: 1, weight: 7 },
    ...{
      motive: 'Uñas amarillas y quebradizas',
      diagnosis: 'Onicomicosis distal',
      plan: 'Láser mensual y antimicótico tópico',
    },
  },
  {
    ...{ code: 'POD-008', name: 'Pie diabético: valoración integral', price: 650, minutes: 60, slots: 2, weight: 8 },
    ...{
      motive: 'Revisión anual de pie diabético',
      diagnosis: 'Pie diabético de riesgo moderado',
      plan: 'Monofilamento, doppler y educación',
    },
  },
  {
    ...{
      code: 'POD-009',
      name: 'Pie diabético: curación de úlcera',
      price: 780,
      minutes: 60,
      slots: 2,
      weight: 4,
      consent: true,
    },
    ...{ motive: 'Herida que no cierra', diagnosis: 'Úlcera neuropática Wagner I', plan: 'Desbridamiento y descarga' },
  },
  {
    ...{ code: 'POD-010', name: 'Plantillas personalizadas', price: 2650, minutes: 60, slots: 2, weight: 6 },
    ...{ motive: 'Dolor en el arco al caminar', diagnosis: 'Pie plano flexible', plan: 'Plantillas termoconformadas' },
  },
  {
    ...{ code: 'POD-011', name: 'Estudio biomecánico de la pisada', price: 850, minutes: 60, slots: 2, weight: 5 },
    ...{ motive: 'Dolor de rodilla al correr', diagnosis: 'Pronación excesiva', plan: 'Baropodometría y plantillas' },
  },
  {
    ...{ code: 'POD-012', name: 'Fascitis plantar: terapia', price: 680, minutes: 60, slots: 2, weight: 5 },
    ...{
      motive: 'Dolor de talón por la mañana',
      diagnosis: 'Fascitis plantar',
      plan: 'Ultrasonido, vendaje y estiramientos',
    },
  },
  {
    ...{ code: 'POD-013', name: 'Helomas: enucleación', price: 420, minutes: 30, slots: 1, weight: 8 },
    ...{
      motive: 'Callo entre los dedos',
      diagnosis: 'Heloma interdigital',
      plan: 'Enucleación y separador de silicona',
    },
  },
  {
    ...{ code: 'POD-014', name: 'Ortesis de silicona', price: 390, minutes: 30, slots: 1, weight: 4 },
    ...{ motive: 'Dedo en garra', diagnosis: 'Dedo en garra flexible', plan: 'Ortesis a la medida' },
  },
  {
    ...{ code: 'POD-015', name: 'Reconstrucción ungueal', price: 520, minutes: 30, slots: 1, weight: 3 },
    ...{ motive: 'Uña perdida por un golpe', diagnosis: 'Onicólisis traumática', plan: 'Prótesis ungueal de resina' },
  },
  {
    ...{ code: 'POD-016', name: 'Vendaje neuromuscular', price: 320, minutes: 30, slots: 1, weight: 3 },
    ...{ motive: 'Esguince leve de tobillo', diagnosis: 'Esguince grado I', plan: 'Vendaje y reposo relativo' },
  },
  {
    ...{ code: 'POD-017', name: 'Hiperhidrosis plantar: tratamiento', price: 440, minutes: 30, slots: 1, weight: 2 },
    ...{ motive: 'Sudoración excesiva', diagnosis: 'Hiperhidrosis plantar', plan: 'Iontoforesis semanal' },
  },
  {
    ...{ code: 'POD-018', name: 'Podología infantil', price: 400, minutes: 30, slots: 1, weight: 4 },
    ...{
      motive: 'El niño mete las puntas al caminar',
      diagnosis: 'Marcha en rotación interna',
      plan: 'Ejercicios y control a los seis meses',
    },
  },
]

/** Positions in `services` by length. */
export const shortServices = services.flatMap((service, index) => (service.slots === 1 ? [index] : []))
export const longServices = services.flatMap((service, index) => (service.slots === 2 ? [index] : []))
