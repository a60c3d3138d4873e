import i18next from 'i18next'
import { beforeAll, expect, it } from 'vitest'
import { initialForm, profileOf } from '#renderer/connection/profile-form.ts'
import { fieldErrors } from '#renderer/ui/validation.ts'
import { profileFieldsSchema } from '#shared/connection.ts'
import { resources } from '#shared/locales/index.ts'

const words = i18next.createInstance()
beforeAll(async () => {
  await words.init({ lng: 'es', resources, defaultNS: 'common' })
})
const errorsOf = (change: object) => {
  const form = { ...initialForm(null, true), name: 'Clínica', user: 'podoskin_app', ...change }
  return fieldErrors(profileFieldsSchema, profileOf(form), words.getFixedT('es', 'common'))
}

it('finds nothing wrong with a complete form', () => {
  expect(errorsOf({})).toEqual({})
})

it('says what is wrong beside its own field, in words', () => {
  expect(errorsOf({ name: ' ', port: '', user: 'x'.repeat(64) })).toEqual({
    name: 'Escriba un valor',
    port: 'Escriba un valor',
    user: 'Debe tener 63 caracteres como máximo',
  })
  expect(errorsOf({ port: 0 })).toEqual({ port: 'Escriba un número entero de 1 o más' })
  expect(errorsOf({ port: 70_000 })).toEqual({ port: 'Escriba un número entero de 65535 o menos' })
})

it('explains the rules that no type can say', () => {
  expect(errorsOf({ zone: 'America/Mexicali_' }).zone).toContain('America/Tijuana')
  expect(errorsOf({ pool: { warm: 9, max: 5 } })).toEqual({ pool: 'No puede ser mayor que el máximo' })
  expect(errorsOf({ host: 'a\nb' })).toEqual({ host: 'Este valor no es válido' })
})
