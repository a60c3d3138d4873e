// Attack: SQL, a format or a path hidden in every text that a person can type: a name at the login, a search, an id, the
// key of a table, the profile of a connection. Hole it needs: a text that is put into a statement instead of beside it.
// Invariant: a text is only ever a text: no row that it should not find, no error of SQL, nothing changed.
import { type Answer, expect, test } from '#support/app.ts'
import { hostileTexts } from '#support/hostile-values.ts'
import { administrator } from '#support/people.ts'
import { everything } from '#support/window-clinic.ts'

/** Errors that only a text taken for SQL can bring (syntax, names, values that do not fit, quoting). */
const sqlErrors = /^(42|22|26|34|3F|XX)/
const texts: readonly string[] = hostileTexts

function expectNoSql(answer: Answer, what: string): void {
  expect(answer.error?.code, what).not.toBe('INTERNAL')
  expect(String(answer.error?.params.sqlstate ?? ''), what).not.toMatch(sqlErrors)
}

test('hostile texts in every field are taken as what they are', async ({ demo: { call }, clinic }) => {
  test.setTimeout(180_000)
  const rows = await everything(clinic)
  let tries = 0

  for (const text of texts) {
    const answer = await call('session.login', { name: text, password: text })
    expect(answer.error?.code, `login ${text}`).toMatch(/^(WRONG_CREDENTIALS|TOO_MANY_TRIES)$/)
    tries += 1
  }
  const { user, password } = administrator
  expect((await call('session.login', { name: user, password })).ok).toBe(true)
  for (const text of texts) {
    expect((await call('session.reauthenticate', { password: `${text}x` })).ok, text).toBe(false)
    tries += 1
    if (tries % 4 === 0) break
  }

  const names = await clinic.query<{ text: string }>(`SELECT lower(to_jsonb(p)::text) AS text FROM pacientes p`)
  for (const text of texts) {
    const found = await call('cleanup.searchPatients', { text })
    expectNoSql(found, `search ${text}`)
    // A wildcard or a condition that were obeyed would find everybody.
    const digits = text.replace(/\D/g, '')
    const literal = names.filter((one) =>
      text
        .toLowerCase()
        .split(/\s+/)
        .every((word) => one.text.includes(word)),
    )
    if (found.ok && digits === '') expect((found.value as unknown[]).length, text).toBeLessThanOrEqual(literal.length)
    tries += 1
  }

  for (const text of texts) {
    const decisions = [
      { tables: { [`public.${text}`]: 'delete' } },
      { tables: { [text.padEnd(3, '.')]: 'keep' } },
      { keepUsers: [text] },
      { keepPatients: [text, '0', '-1', 'x', '9'.repeat(60)] },
      { keepUsers: ['x', '-1', '9'.repeat(60), administrator.user.slice(0, 60).replace(/\W/g, '_')] },
    ]
    const chosen = decisions[tries % decisions.length]
    expectNoSql(await call('cleanup.plan', { decisions: chosen }), `plan ${JSON.stringify(chosen)}`)
    tries += 1
  }

  const { host, port, database } = clinic
  const profile = {
    ...{ name: 'x', environment: 'testing', host, port, database, user: clinic.user, tls: 'disable', caFile: null },
    ...{ zone: 'America/Tijuana', schema: null, pool: { warm: 0, max: 2 } },
  }
  for (const [at, text] of texts.entries()) {
    const field = (['schema', 'database', 'user'] as const)[at % 3] ?? 'schema'
    const hostile = { ...profile, [field]: text.trim().slice(0, 63) }
    const answer = await call('connection.test', { profile: hostile, id: null, password: clinic.password })
    expect(answer.ok, `${field} ${text}`).toBe(false)
    expectNoSql(answer, `${field} ${text}`)
    tries += 1
  }
  // PostgreSQL ends a text at a NUL: the rest would be read as the next parameter of the start-up message.
  for (const owner of ['diario\0database\0postgres', 'x\0options\0-c log_statement=all']) {
    const answer = await call('indexes.create', { index: 'payments', owner: { user: owner, password: 'x' } })
    expect(answer.error?.code).toMatch(/^(INVALID_INPUT|REAUTHENTICATION_REQUIRED)$/)
    expect((await call('cleanup.rehearse', { decisions: {}, owner: { user: owner, password: 'x' } })).error?.code).toBe(
      'INVALID_INPUT',
    )
    tries += 2
  }
  test.info().annotations.push({ type: 'hostile texts', description: `${tries} tries` })
  expect(await everything(clinic)).toBe(rows)
})
