import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { canonical, certificateCode, certificateFile } from '#electron/deployment/certificate-code.ts'
import { checkCertificate } from '#scripts/certificate/check.js'

const folder = mkdtempSync(join(tmpdir(), 'podoskin-certificate-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const certificate = {
  format: 'podoskin-certificate',
  clinic: 'Clínica «Ñandú»',
  ready: true,
  checks: [
    {
      id: 'poolTest',
      evidence: [
        { key: 'tenAtOnce', value: 12.5 },
        { key: 'x', value: null },
      ],
    },
  ],
  lastLine: '🎉 ¡Base de datos lista para producción!',
}

describe('the code of a certificate', () => {
  it('has four groups of four letters that cannot be taken for another', () => {
    expect(certificateCode(certificate)).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
  })

  it('is of what the certificate says, not of the order of its keys', () => {
    const { clinic, ...rest } = certificate
    expect(certificateCode({ ...rest, clinic })).toBe(certificateCode(certificate))
    expect(certificateCode({ ...certificate, ready: false })).not.toBe(certificateCode(certificate))
  })

  it('is computed from one text for one value', () => {
    expect(canonical({ b: [1, 'á', null], a: { d: true, c: 0.5 } })).toBe('{"a":{"c":0.5,"d":true},"b":[1,"á",null]}')
  })

  it('is the same by the command that recomputes it, for whatever a certificate may say', () => {
    const seed = 20_261_124
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const body = JSON.parse(JSON.stringify({ value })) as unknown
        const text = certificateFile(body, certificateCode(body))
        expect(checkCertificate(text)).toMatchObject({ intact: true, code: certificateCode(body) })
      }),
      { seed, numRuns: 300 },
    )
  })

  it('betrays every single changed byte of the file', () => {
    const bytes = Buffer.from(certificateFile(certificate, certificateCode(certificate)))
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(checkCertificate(changed).intact, `byte ${at}`).toBe(false)
    }
    expect(checkCertificate(bytes).intact).toBe(true)
    expect(checkCertificate(bytes.subarray(0, -1)).intact).toBe(false)
  })

  it('is recomputed by a command that ends with 1 when the file is not as it was issued', () => {
    const run = (text: string) => {
      const file = join(folder, 'certificado.json')
      writeFileSync(file, text)
      try {
        return { code: 0, said: execFileSync(process.execPath, ['scripts/certificate.js', file], { encoding: 'utf8' }) }
      } catch (error) {
        const { status, stdout } = error as { status: number; stdout: string }
        return { code: status, said: stdout }
      }
    }
    const text = certificateFile(certificate, certificateCode(certificate))
    expect(run(text)).toMatchObject({ code: 0, said: expect.stringContaining(certificateCode(certificate)) })
    expect(run(text.replace('Ñandú', 'Nandu')).code).toBe(1)
    expect(run('{}').code).toBe(1)
    expect(run('no es JSON').code).toBe(1)
  })
})
