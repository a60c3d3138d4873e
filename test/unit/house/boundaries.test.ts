import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const biome = resolve('node_modules', '@biomejs', 'biome', 'bin', 'biome')
const folder = mkdtempSync(join(tmpdir(), 'podoskin-boundaries-'))
copyFileSync('biome.json', join(folder, 'biome.json'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What our lint says of a file that stands in a copy of the project's layout. */
function lint(path: string, source: string): string {
  mkdirSync(join(folder, dirname(path)), { recursive: true })
  writeFileSync(join(folder, path), source)
  const args = [biome, 'lint', '--vcs-enabled=false', path]
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  return stdout + stderr
}

const forbidden: readonly [rule: string, path: string, source: string][] = [
  ['a feature imports Electron', 'electron/session/x.ts', "import { app } from 'electron'\nexport { app }\n"],
  ['a feature imports pg', 'electron/session/x.ts', "import pg from 'pg'\nexport { pg }\n"],
  [
    'a feature imports another feature',
    'electron/session/x.ts',
    "import { a } from '#electron/connection/connection.ts'\nexport { a }\n",
  ],
  [
    'the shell imports a feature',
    'electron/shell/x.ts',
    "import { a } from '#electron/session/session.ts'\nexport { a }\n",
  ],
  [
    'ipcMain is used outside the door',
    'electron/shell/x.ts',
    "import { ipcMain } from 'electron'\nexport { ipcMain }\n",
  ],
  [
    'shell.openExternal is within reach',
    'electron/shell/door.ts',
    "import { shell } from 'electron'\nexport { shell }\n",
  ],
  ['the page imports main', 'renderer/x.ts', "import type { Log } from '#electron/log.ts'\nexport type { Log }\n"],
  ['the page imports Node', 'renderer/x.ts', "import { readFileSync } from 'node:fs'\nexport { readFileSync }\n"],
  ['the page holds words', 'renderer/x.tsx', 'export const X = () => <p>Hola</p>\n'],
  [
    'the contract imports one of ours',
    'shared/x.ts',
    "import type { Log } from '#electron/log.ts'\nexport type { Log }\n",
  ],
  ['the contract imports Node', 'shared/x.ts', "import { join } from 'node:path'\nexport { join }\n"],
  ['a file climbs out of its folder', 'renderer/ui/x.ts', "import { a } from '../app.tsx'\nexport { a }\n"],
]

describe('the boundaries', () => {
  it.each(forbidden)('refuse when %s', (_rule, path, source) => {
    expect(lint(path, source)).toMatch(/lint\/style\/(noRestrictedImports|noJsxLiterals)/)
  })

  it('let a feature use the database and the contract', () => {
    const source =
      "import type { Database } from '#electron/database/database.ts'\nimport { AppError } from '#shared/errors.ts'\n" +
      'export const refuse = (_: Database) => new AppError("INTERNAL")\n'
    expect(lint('electron/session/x.ts', source)).not.toContain('noRestrictedImports')
  })

  it('keep words out of the attributes that people read', () => {
    const files = readdirSync('renderer', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx'))
    const spoken = /\b(title|label|placeholder|description|alt|aria-label|tooltip)="[^"]*[a-záéíóúñ]{2}[^"]*"/gi
    const found = files.flatMap((file) =>
      [...readFileSync(join('renderer', file), 'utf8').matchAll(spoken)].map((match) => `${file}: ${match[0]}`),
    )
    expect(found).toEqual([])
  })
})
