import { describe, expect, it } from 'vitest'
import { isAllowed } from '#electron/shell/allow-list.ts'

// The operating system opens whatever it is handed: a program, a share, a script. Only listed places may reach it.
describe('the addresses that may be handed to the operating system', () => {
  it('are the listed ones', () => {
    expect(isAllowed('https://www.postgresql.org/docs/current/')).toBe(true)
  })

  it.each([
    'http://www.postgresql.org/docs/',
    'https://www.postgresql.org.evil.example/',
    'https://evil.example/www.postgresql.org',
    'https://www.postgresql.org@evil.example/',
    'https://user:word@www.postgresql.org/',
    'https://www.postgresql.org:8443/',
    'https://www.postgrésql.org/',
    'file:///etc/passwd',
    'file://server/share/program.exe',
    '\\\\server\\share\\program.exe',
    'javascript:alert(1)',
    'data:text/html,hola',
    'mailto:someone@example.com?attach=/etc/passwd',
    'ms-msdt:/id',
    'vscode://x',
    'www.postgresql.org',
    '',
  ])('are not %s', (address) => {
    expect(isAllowed(address)).toBe(false)
  })
})
