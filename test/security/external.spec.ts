// Attack: the page has the operating system open something: a program, a share that steals a password, a script.
// Hole it needs: an address from the page handed to `shell.openExternal`. Invariant: the page names one of a few places,
// their addresses live in main, and nothing else is ever opened.
import { expect, test } from '#support/app.ts'

test('the page can only name places, and only their addresses are opened', async ({ plain: { app, call } }) => {
  const opened = await app.evaluateHandle(({ shell }) => {
    const record: string[] = []
    shell.openExternal = async (address) => void record.push(address)
    shell.openPath = async (path) => {
      record.push(path)
      return ''
    }
    return record
  })
  const hostile = [
    'https://evil.example/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'mailto:x@example.com',
    '__proto__',
    '../..',
    '',
  ]
  for (const place of hostile) expect((await call('shell.openExternal', { place })).error?.code).toBe('INVALID_INPUT')
  expect((await call('shell.openExternal', { place: 'postgresql-docs', url: 'file:///etc/passwd' })).ok).toBe(false)
  expect(await opened.jsonValue()).toEqual([])
  expect((await call('shell.openExternal', { place: 'postgresql-docs' })).ok).toBe(true)
  expect((await call('shell.openExternal', { place: 'log-folder' })).ok).toBe(true)
  const [address, folder] = (await opened.jsonValue()) as string[]
  expect(address).toBe('https://www.postgresql.org/docs/current/')
  expect(folder).toMatch(/logs$/)
})
