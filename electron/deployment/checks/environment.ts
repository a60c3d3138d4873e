import { join } from 'node:path'
import { backendExpiry, type Check, hint, measured } from '#electron/deployment/check.ts'
import { judgeEnv } from '#electron/deployment/env/judge.ts'
import { differingNames, valuesOf } from '#electron/deployment/env/lines.ts'
import { readEnv } from '#electron/deployment/env/read.ts'
import type { EvidenceKey } from '#shared/deployment.ts'
import { type EnvFlaw, envFlaws, gentleFlaws, guideVariables } from '#shared/deployment-env.ts'

const evidenceOf: Readonly<Record<EnvFlaw, EvidenceKey>> = {
  missing: 'envMissing',
  wrongType: 'envWrongType',
  default: 'envDefault',
  placeholder: 'envPlaceholder',
  weak: 'envWeak',
  debugOn: 'envDebugOn',
  originsOpen: 'envOriginsOpen',
  originsNotHttps: 'envOriginsNotHttps',
  differs: 'envDiffers',
  elsewhere: 'envElsewhere',
  ambiguous: 'envAmbiguous',
}

/** The guide's step 2: every variable of the backend's `.env` judged; names only, no value is ever evidence. */
export const environmentCheck: Check = {
  ...{ id: 'environment', step: 2, item: 'environment', severity: 'required' },
  ...{ expires: backendExpiry, signable: true, mayNotApply: false },
  async probe({ backend, profile }) {
    if (backend.folder === null) return { status: 'notVerifiable', evidence: [], hint: hint('folderMissing') }
    const read = await readEnv(join(backend.folder, '.env'))
    if (read === null) return { status: 'failed', evidence: [], hint: hint('envFileMissing') }
    const judged = judgeEnv(valuesOf(read.text), differingNames(read.text), profile)
    const found = envFlaws.filter((flaw) => judged[flaw].length > 0)
    const open = process.platform !== 'win32' && (read.mode & 0o077) !== 0
    const wrong = found.filter((flaw) => !gentleFlaws.includes(flaw))
    const evidence = [
      measured('envVariables', 'integer', guideVariables.length - judged.missing.length),
      ...found.map((flaw) => measured(evidenceOf[flaw], 'list', judged[flaw])),
      ...(open ? [measured('envReadable', 'text', read.mode.toString(8).padStart(3, '0'))] : []),
    ]
    if (wrong.length > 0) return { status: 'failed', evidence, hint: hint('envFix') }
    if (found.length > 0) return { status: 'warning', evidence, hint: hint('envReview') }
    if (open) return { status: 'warning', evidence, hint: hint('envReadable', {}, 'chmod 600 .env') }
    return { status: 'passed', evidence }
  },
}
