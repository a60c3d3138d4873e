import { expect, it } from 'vitest'
import { putNextValues, readNextValues } from '#electron/cleanup/sequences.ts'
import { freshClinic } from '#support/clinic.ts'
import { createSmallClinic } from '#support/small-clinic.ts'
import { opened } from './setting.ts'

const kinds = [
  ['a sequence in the middle of its numbers', 'MAXVALUE 9', 3],
  ['a sequence that is used up', 'MAXVALUE 3', 3],
  ['one that counts down and is used up', 'INCREMENT BY -2 MINVALUE -5 START WITH -1', 3],
  ['one whose next step would pass its end', 'INCREMENT BY 4 MAXVALUE 10', 3],
  ['one that begins again at its end', 'MINVALUE 2 MAXVALUE 4 CYCLE', 3],
  ['one that hands out its numbers in blocks', 'MAXVALUE 3 CACHE 20', 3],
] as const

it.each(kinds)('lets %s go on exactly where it was, and undoes that with the transaction', async (_, options, used) => {
  const clinic = await freshClinic({ empty: true })
  const { client } = clinic
  await createSmallClinic(client)
  await client.query(`CREATE TABLE fichas (id int GENERATED ALWAYS AS IDENTITY (${options}), otra text)`)
  await client.query(`INSERT INTO fichas (otra) SELECT 'x' FROM generate_series(1, ${used})`)
  const next = async () => {
    const given = await client.query(`SELECT nextval('fichas_id_seq') AS n`).then(
      ({ rows }) => rows[0].n,
      (error: { code: string }) => error.code,
    )
    return String(given)
  }
  const place = async () => (await client.query('SELECT last_value, is_called FROM fichas_id_seq')).rows[0]
  const was = await place()
  await opened(clinic.options, async (database) => {
    const before = await database.read((transaction) => readNextValues(transaction, ['public.fichas']))
    await client.query('ALTER SEQUENCE fichas_id_seq RESTART')
    const restarted = await place()
    await expect(
      database.write(async (transaction) => {
        expect(await putNextValues(transaction, before)).toBe(1)
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    expect(await place()).toEqual(restarted)
    await database.write((transaction) => putNextValues(transaction, before))
    expect(await database.read((transaction) => readNextValues(transaction, ['public.fichas']))).toEqual(before)
    // Nothing is left to move.
    expect(await database.write((transaction) => putNextValues(transaction, before))).toBe(0)
  })
  const after = await next()
  await client.query('SELECT setval($1, $2, $3)', ['fichas_id_seq', was.last_value, was.is_called])
  expect(after).toBe(await next())
  await clinic.drop()
})
