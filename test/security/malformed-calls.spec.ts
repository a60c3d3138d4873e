// Attack: whoever owns the page calls every procedure with what nobody foresaw: wrong types, missing and extra keys, keys
// that reach prototypes, cycles, depth, megabytes, and good inputs with one thing wrong. Hole it needs: a handler that
// sees an input before the contract has parsed it. Invariant: whoever calls gets a code of the closed set, main lives on
// with the memory it had, no prototype has changed, and nothing was done to the clinic.

import { procedures } from '#shared/contract.ts'
import { errorCodes } from '#shared/errors.ts'
import { type ProcedureName, procedureNames } from '#shared/names.ts'
import { type Answer, expect, type OpenApp, test } from '#support/app.ts'
import { goodInput, isHolding, make, malformedCalls, type Recipe } from '#support/hostile-values.ts'
import { administrator, receptionist } from '#support/people.ts'
import { everything } from '#support/window-clinic.ts'

const codes: readonly string[] = Object.values(errorCodes).flat()
const count = process.env.PODOSKIN_LONG === '1' ? 100_000 : 10_000
const seed = Number(process.env.PODOSKIN_SEED ?? 20_261_124)
/** What the bridge between the two worlds of the page says of a function or a depth that it does not carry. */
const notCarried = 'not carried'

/** Sends the calls as a script in the page would, many at once; answers with a code each. */
async function send({ page }: OpenApp, calls: readonly { name: ProcedureName; recipe: Recipe }[]): Promise<string[]> {
  return page.evaluate(
    ({ source, batch, unsent }) => {
      const build: typeof make = new Function(`return ${source}`)()
      const ask = async ({ name, recipe }: (typeof batch)[number]) => {
        const answer = await window.podoskin.call(name, build(recipe))
        return answer.ok ? 'ok' : (answer.error?.code ?? 'none')
      }
      return Promise.all(batch.map((one) => ask(one).catch(() => unsent)))
    },
    { source: make.toString(), batch: calls, unsent: notCarried },
  )
}

/** Megabytes of the main process' heap, without its garbage, and the keys of the prototypes on both sides. */
async function measure({ app, page }: OpenApp) {
  const heap = await app.evaluate(() => {
    process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc')
    process.getBuiltinModule('node:vm').runInNewContext('gc')()
    return process.memoryUsage().heapUsed / 1024 / 1024
  })
  const keys = () =>
    [Object.prototype, Array.prototype, Function.prototype].map((one) => Reflect.ownKeys(one).map(String))
  return { heap, main: await app.evaluate(keys), page: await page.evaluate(keys) }
}

/** What the preload itself cannot send on. */
const stays = (recipe: Recipe) => isHolding(recipe, ['symbol', 'function', 'promise', 'proxy', 'element', 'getter'])

const refusals: Readonly<Record<string, (name: ProcedureName) => string | null>> = {
  nobody: (name) => (['member', 'admin'].includes(procedures[name].access) ? 'NOT_LOGGED_IN' : null),
  receptionist: (name) => (['setup', 'admin'].includes(procedures[name].access) ? 'FORBIDDEN_ROLE' : null),
  administrator: () => null,
}

test(`${count} malformed calls are each refused by the contract, whoever calls (seed ${seed})`, async ({
  demo,
  clinic,
}) => {
  test.setTimeout(120_000 + count * 10)
  const { call } = demo
  expect(procedureNames.filter((name) => goodInput(name) === undefined).length).toBeLessThan(procedureNames.length / 2)
  const started = performance.now()
  const calls = malformedCalls(count, seed)
  const made = performance.now()
  const rows = await everything(clinic)
  await send(demo, calls.slice(0, 500))
  const before = await measure(demo)
  const tally = new Map<string, number>()
  for (const [who, person] of [
    ['nobody', null],
    ['receptionist', receptionist],
    ['administrator', administrator],
  ] as const) {
    if (person) await call('session.login', { name: person.user, password: person.password })
    const state: Answer = await call('session.current')
    const turn = { nobody: 0, receptionist: 1, administrator: 2 }[who]
    const mine = calls.filter((_, at) => at % 3 === turn)
    for (let at = 0; at < mine.length; at += 250) {
      // With the password just typed again nothing but the contract stands before what deletes. It lasts five minutes.
      if (person && at % 5_000 === 0)
        expect((await call('session.reauthenticate', { password: person.password })).ok).toBe(true)
      const batch = mine.slice(at, at + 250)
      const answers = await send(demo, batch)
      answers.forEach((answer, index) => {
        const { name, recipe } = batch[index] ?? { name: 'shell.about', recipe: { json: '0' } }
        const refusal = refusals[who]?.(name)
        const allowed = refusal
          ? [refusal, notCarried, ...(stays(recipe) ? ['INVALID_INPUT'] : [])]
          : ['INVALID_INPUT', 'PAYLOAD_TOO_LARGE', notCarried]
        if (!allowed.includes(answer))
          throw new Error(`${who}: ${name} ${JSON.stringify(recipe).slice(0, 500)}: ${answer}`)
        tally.set(`${who} ${answer}`, (tally.get(`${who} ${answer}`) ?? 0) + 1)
      })
    }
    // Nobody was logged in, out or locked by any of it, and no job began.
    expect(await call('session.current')).toEqual(state)
  }
  const sent = performance.now()
  expect((await call('jobs.list')).value).toEqual([])
  const after = await measure(demo)
  test.info().annotations.push({
    type: 'malformed calls',
    description: `${[...tally].map((pair) => pair.join(': ')).join('\n')}\nmade in ${Math.round(made - started)} ms, sent in ${Math.round(sent - made)} ms, heap ${Math.round(before.heap)} → ${Math.round(after.heap)} MB`,
  })
  for (const answer of tally.keys()) expect([...codes, notCarried]).toContain(answer.split(' ').slice(1).join(' '))
  expect(after.heap - before.heap).toBeLessThan(16)
  expect([after.main, after.page]).toEqual([before.main, before.page])
  expect(await everything(clinic)).toBe(rows)
})
