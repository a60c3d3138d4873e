// Attack: the page asks its own scheme for files that are not the page's: the database settings, keys, /etc/passwd.
// Hole it needs: a path that is joined without being looked at. Invariant: app:// serves the built page and nothing else.
import { expect, test } from '#support/app.ts'

test('a path that leaves the page folder is refused, however it is written', async ({
  resident: { page, expectConsole },
}) => {
  expectConsole(/Refused to|Failed to load|violates|blocked|net::|Not allowed/)
  const paths = [
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/..%5c..%5cpackage.json',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/%2fetc%2fpasswd',
    '//etc/passwd',
    '/..%2fmain%2fmain.js',
    '/..%2fpreload%2fpreload.cjs',
    '/index.html%00.js',
    '/%',
    '/.env',
    '/nothing.js',
    '/assets/',
  ]
  const answers = await page.evaluate(
    (list) =>
      Promise.all(
        list.map(async (path) => {
          const response = await fetch(path).catch(() => null)
          const text = (await response?.text()) ?? ''
          return {
            path,
            status: response?.status ?? 0,
            page: text.includes('<div id="root">'),
            text: text.slice(0, 80),
          }
        }),
      ),
    paths,
  )
  for (const { path, status, page: isPage, text } of answers) {
    // A place without an ending is a place within the page, which is one file.
    if (isPage) expect(status, path).toBe(200)
    else expect({ path, refused: status === 0 || status >= 400, text }).toEqual({ path, refused: true, text: '' })
  }
  expect(answers.find(({ path }) => path === '/..%2f..%2fpackage.json')?.status).toBe(403)
  expect(answers.find(({ path }) => path === '/..%2fmain%2fmain.js')?.status).toBe(403)
})

test('other hosts, other schemes and other methods get nothing', async ({ resident: { page, expectConsole } }) => {
  expectConsole(/Refused to|Failed to load|violates|blocked|net::|Not allowed/)
  const outcomes = await page.evaluate(async () => {
    const ask = (address: string, options?: RequestInit) =>
      fetch(address, options).then(
        (response) => (response.ok ? 'served' : 'refused'),
        () => 'refused',
      )
    return Promise.all([
      ask('app://other/index.html'),
      ask('file:///etc/passwd'),
      ask('/index.html', { method: 'POST', body: 'x' }),
      ask('/index.html', { method: 'DELETE' }),
    ])
  })
  expect(new Set(outcomes)).toEqual(new Set(['refused']))
})

test('what is served cannot be taken for something else', async ({ resident: { page } }) => {
  const headers = await page.evaluate(async () => {
    const response = await fetch('/index.html')
    return Object.fromEntries(response.headers)
  })
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['content-type']).toBe('text/html; charset=utf-8')
  expect(headers['cache-control']).toBe('no-store')
})
