import { describe, expect, it } from 'vitest'
import { askingOf, readLaunchd, readSystemd, readWindows } from '#electron/diagnosis/probe-service.ts'

describe('the services of PostgreSQL', () => {
  it('are asked of an absolute program of each system, with fixed arguments and no shell', () => {
    expect(askingOf('linux', {})?.program).toBe('/usr/bin/systemctl')
    expect(askingOf('darwin', {})?.program).toBe('/bin/launchctl')
    expect(askingOf('win32', { SystemRoot: 'C:\\Windows' })?.program).toMatch(/^C:\\Windows.System32.sc\.exe$/)
    expect(askingOf('aix', {})).toBeNull()
  })

  it('are read from systemd: the cluster counts, not the unit that starts them all', () => {
    const output = `  postgresql.service         loaded active   exited  PostgreSQL RDBMS
● postgresql@18-main.service loaded failed   failed  PostgreSQL Cluster 18-main
  other.service              loaded active   running Something else\n`
    expect(readSystemd(output)).toEqual([{ name: 'postgresql@18-main', running: false }])
    expect(readSystemd('postgresql.service loaded active running PostgreSQL database server')).toEqual([
      { name: 'postgresql', running: true },
    ])
    expect(readSystemd('')).toEqual([])
  })

  it('are read from launchd: a dash is a service that does not run', () => {
    const output =
      'PID\tStatus\tLabel\n512\t0\thomebrew.mxcl.postgresql@16\n-\t0\tcom.edb.launchd.postgresql-15\n9\t0\tcom.apple.x\n'
    expect(readLaunchd(output)).toEqual([
      { name: 'homebrew.mxcl.postgresql@16', running: true },
      { name: 'com.edb.launchd.postgresql-15', running: false },
    ])
  })

  it('are read from Windows in any language, by the numbers', () => {
    const block = (name: string, state: string, words: readonly [string, string, string]) =>
      `\r\n${words[0]}: ${name}\r\n${words[1]}: ${name} - PostgreSQL Server 18\r\n        ${words[2]}               : 10  WIN32_OWN_PROCESS\r\n        ${words[2] === 'TYPE' ? 'STATE' : 'ESTADO'}              : ${state}\r\n                                (STOPPABLE, PAUSABLE)\r\n`
    const english = block('postgresql-x64-18', '1  STOPPED', ['SERVICE_NAME', 'DISPLAY_NAME', 'TYPE'])
    const spanish = block('postgresql-x64-17', '4  RUNNING', ['NOMBRE_SERVICIO', 'NOMBRE_MOSTRAR', 'TIPO'])
    const other = block('Spooler', '4  RUNNING', ['SERVICE_NAME', 'DISPLAY_NAME', 'TYPE'])
    expect(readWindows(`${english}${spanish}${other}`)).toEqual([
      { name: 'postgresql-x64-18', running: false },
      { name: 'postgresql-x64-17', running: true },
    ])
  })
})
