// Attack: a value from the database (a patient called <script>) or a library runs code in the page, or sends what it
// reads to a server. Hole it needs: inline scripts, eval, remote origins. Invariant: the page loads itself and nothing
// else, and its policy stops everything else, in the header and in the page.
import { expect, ready, test } from '#support/app.ts'

test('everything the page loads comes from app://podoskin', async ({ resident: { page } }) => {
  const loaded: string[] = []
  page.on('request', (request) => loaded.push(request.url()))
  await page.reload()
  await ready(page)
  expect(loaded.length).toBeGreaterThan(0)
  expect(loaded.filter((address) => !/^(app:\/\/podoskin\/|data:)/.test(address))).toEqual([])
})

test('inline, evaluated and remote code is stopped', async ({ resident: { page, expectConsole } }) => {
  expectConsole(/Refused to|Failed to load|violates|blocked|net::|Not allowed/)
  const directives = [
    'script-src-elem',
    'script-src-attr',
    'script-src',
    'frame-src',
    'connect-src',
    'img-src',
    'style-src-elem',
    'object-src',
    'base-uri',
  ]
  await page.evaluate(async () => {
    const violated = new Set<string>()
    Reflect.set(globalThis, 'violated', violated)
    document.addEventListener('securitypolicyviolation', (event) => violated.add(event.effectiveDirective))
    Reflect.set(globalThis, 'ran', [])
    const note = (name: string) => `globalThis.ran.push('${name}')`
    const add = (tag: string, values: Record<string, string>) =>
      document.body.append(Object.assign(document.createElement(tag), values))
    add('script', { textContent: note('inline') })
    add('script', { src: 'https://example.com/x.js' })
    add('script', { src: `data:text/javascript,${note('data')}` })
    add('script', { src: URL.createObjectURL(new Blob([note('blob')], { type: 'text/javascript' })) })
    document.body.insertAdjacentHTML(
      'beforeend',
      `<img src="data:," onerror="${note('handler')}"><a href="javascript:${note('link')}">x</a>`,
    )
    document.body.querySelector<HTMLAnchorElement>('a[href^=javascript]')?.click()
    add('iframe', { src: 'https://example.com/' })
    add('iframe', { srcdoc: `<script>${note('srcdoc')}</script>` })
    add('object', { data: 'https://example.com/' })
    add('base', { href: 'https://example.com/' })
    add('link', { rel: 'stylesheet', href: 'https://example.com/x.css' })
    add('style', { textContent: 'body { --stolen: 1 }' })
    add('img', { src: 'https://example.com/x.png' })
    await fetch('https://example.com/').catch(() => null)
    await new Promise((done) => {
      const socket = new WebSocket('wss://example.com/')
      socket.onerror = done
    }).catch(() => null)
    // Directly inside an evaluation the developer tools exempt it from the policy.
    await new Promise<void>((done) =>
      setTimeout(() => {
        try {
          // biome-ignore lint/security/noGlobalEval: the test shows that it does not run.
          globalThis.eval(note('eval'))
          new Function(note('function'))()
        } catch {
          // That is the point.
        }
        done()
      }),
    )
  })
  await expect
    .poll(() => page.evaluate(() => [...(Reflect.get(globalThis, 'violated') as Set<string>)]))
    .toEqual(expect.arrayContaining(directives))
  const outcome = await page.evaluate(() => ({
    ran: Reflect.get(globalThis, 'ran'),
    styled: getComputedStyle(document.body).getPropertyValue('--stolen'),
    base: document.baseURI,
  }))
  expect(outcome.ran).toEqual([])
  expect(outcome.styled).toBe('')
  expect(outcome.base).toMatch(/^app:\/\/podoskin\//)
})

test('the policy comes with the page and in it, with a new nonce for every load', async ({ resident: { page } }) => {
  const read = async () => {
    const response = await page.reload()
    await ready(page)
    const header = (await response?.allHeaders())?.['content-security-policy'] ?? ''
    const meta = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')
    return { header, meta: meta ?? '', nonce: /'nonce-([^']+)'/.exec(header)?.[1] ?? '' }
  }
  const first = await read()
  const second = await read()
  for (const { header, meta, nonce } of [first, second]) {
    expect(Buffer.from(nonce, 'base64')).toHaveLength(18)
    expect(meta).toContain(`'nonce-${nonce}'`)
    for (const policy of [header, meta]) {
      expect(policy).toMatch(/default-src 'none'; script-src 'self';/)
      expect(policy).not.toMatch(/unsafe-|https?:|\*|__CSP/)
    }
    expect(header).toContain("frame-ancestors 'none'")
  }
  expect(first.nonce).not.toBe(second.nonce)
})
