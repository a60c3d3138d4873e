const hosts: ReadonlySet<string> = new Set(['www.postgresql.org'])

/** Whether an address may be handed to the operating system: plain https on a listed host, nothing else. */
export function isAllowed(address: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  const plain = url.username === '' && url.password === '' && url.port === ''
  return url.protocol === 'https:' && plain && hosts.has(url.hostname)
}
