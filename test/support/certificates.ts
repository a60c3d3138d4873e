import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Authority {
  /** PEM text of the authority, as a profile's CA file holds it. */
  readonly ca: string
  /** Files of a server certificate for these names; `days` below 0 makes one that has expired. */
  issue(name: string, alternatives: readonly string[], days?: number): { certificate: string; key: string }
  remove(): void
}

const program = 'openssl'

/** The reason that stands in the name of a skipped test. */
export const noOpenSsl = 'the openssl command is not installed'

/** Whether certificates can be made here. */
export function hasOpenSsl(): boolean {
  try {
    execFileSync(program, ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A certificate authority of a test's own. */
export function createAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'podoskin-ca-'))
  const file = (name: string) => join(folder, name)
  const openssl = (...args: string[]) => execFileSync(program, args, { cwd: folder, stdio: 'pipe' })
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Test authority', '-days', '30')
  writeFileSync(file('index.txt'), '')
  writeFileSync(file('ca.cnf'), authoritySettings)
  return {
    ca: readFileSync(file('ca.pem'), 'utf8'),
    issue(name, alternatives, days = 30) {
      openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`)
      writeFileSync(file(`${name}.ext`), `subjectAltName=${alternatives.join(',')}\nbasicConstraints=CA:FALSE\n`)
      const day = 86_400_000
      const from = stamp(Date.now() - 20 * day)
      const until = stamp(Date.now() + days * day)
      openssl(
        ...['ca', '-batch', '-config', 'ca.cnf', '-in', `${name}.csr`, '-out', `${name}.pem`, '-notext'],
        ...['-startdate', from, '-enddate', until, '-extfile', `${name}.ext`],
      )
      return { certificate: file(`${name}.pem`), key: file(`${name}.key`) }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** `YYYYMMDDHHMMSSZ`, as openssl wants its dates. */
function stamp(at: number): string {
  return `${new Date(at)
    .toISOString()
    .replace(/[-:T]|\.\d+Z/g, '')
    .slice(0, 14)}Z`
}

const authoritySettings = `
[ca]
default_ca = test
[test]
database = index.txt
serial = serial
rand_serial = yes
new_certs_dir = .
certificate = ca.pem
private_key = ca.key
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
`
