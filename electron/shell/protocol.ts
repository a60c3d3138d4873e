import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, isAbsolute, join, relative, resolve } from 'node:path'
import { protocol } from 'electron'
import { contentPolicy, noncePlace } from './content-policy.ts'
import { host, scheme } from './origin.ts'

const kinds: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/** Names the page's own scheme; must run before Electron is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves the built page, and nothing outside of `folder`, at app://podoskin/. */
export function servePage(folder: string): void {
  protocol.handle(scheme, (request) => answer(folder, request))
}

async function answer(folder: string, request: Request): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405)
  const file = fileFor(folder, request.url)
  if (file === null) return refuse(403)
  const kind = kinds[extname(file)]
  if (kind === undefined) return refuse(404)
  const content = await readFile(file).catch(() => null)
  if (content === null) return refuse(404)
  if (extname(file) !== '.html') return new Response(content, { headers: headers(kind) })
  // A new nonce for every load: one that was seen once is worth nothing.
  const nonce = randomBytes(18).toString('base64')
  const page = content.toString('utf8').replaceAll(noncePlace, nonce)
  return new Response(page, {
    headers: { ...headers(kind), 'content-security-policy': contentPolicy(nonce), 'cache-control': 'no-store' },
  })
}

/** The file that an address means, null when it means something outside of the folder. */
function fileFor(folder: string, address: string): string | null {
  let path: string
  try {
    const url = new URL(address)
    if (url.protocol !== `${scheme}:` || url.host !== host) return null
    path = decodeURIComponent(url.pathname)
  } catch {
    return null
  }
  if (path.includes('\0')) return null
  const inside = relative(folder, resolve(folder, `.${path}`))
  if (inside.startsWith('..') || isAbsolute(inside)) return null
  // A path without an ending is a place within the page, which is one file.
  return join(folder, extname(inside) === '' ? 'index.html' : inside)
}

function headers(kind: string): Record<string, string> {
  return { 'content-type': kind, 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' }
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: { 'content-security-policy': "default-src 'none'" } })
}
