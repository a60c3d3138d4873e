import { isAbsolute, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileArgument } from '#electron/shell/file-argument.ts'

const home = resolve('/home/ibeth')

describe('the file that a start was asked to open', () => {
  it('is the last one that is called like a backup, whole, whatever stands around it', () => {
    const words = [
      '.',
      '--no-sandbox',
      'otro.podoskin-backup',
      '--inspect=0',
      'Mis respaldos/clínica.PODOSKIN-BACKUP',
      '',
    ]
    expect(fileArgument(words, home)).toBe(join(home, 'Mis respaldos', 'clínica.PODOSKIN-BACKUP'))
    const whole = join(home, 'a.podoskin-backup')
    expect(isAbsolute(whole) && fileArgument([whole], resolve('/'))).toBe(whole)
  })

  it.each([
    ['nothing', []],
    ['a program’s own words', ['.', '--flag=x.podoskin-backup', '-x.podoskin-backup']],
    ['a file that is not finished', ['x.podoskin-backup.partial']],
    ['another kind of file', ['x.zip', 'podoskin-backup']],
    ['a path that ends early', ['/etc/passwd\0.podoskin-backup']],
  ])('is none for %s', (_what, words) => {
    expect(fileArgument(words, home)).toBeNull()
  })
})
