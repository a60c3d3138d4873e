declare global {
  /** Read by `get-nonce`, which the scroll lock of Mantine's windows asks. */
  var __webpack_nonce__: string | undefined
}

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
globalThis.__webpack_nonce__ = nonce

/** The nonce of this load, which the protocol handler wrote into the page and into its policy. */
export function pageNonce(): string {
  return nonce
}
