import { app } from 'electron'

export const scheme = 'app'
export const host = 'podoskin'

/** Where the page is loaded from: our own scheme, or electron-vite's server while developing from source. */
export function pageAddress(): string {
  const server = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL
  return server ?? `${scheme}://${host}/index.html`
}

/**
 * Whether an address belongs to our page. Scheme and host are compared by themselves: the `origin` of a URL
 * with an own scheme is the text "null" in Node.
 */
export function isOwnPage(address: string): boolean {
  if (!URL.canParse(address)) return false
  const [url, own] = [new URL(address), new URL(pageAddress())]
  return url.protocol === own.protocol && url.host === own.host && url.username === ''
}
