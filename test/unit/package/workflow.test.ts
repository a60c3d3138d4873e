import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const workflow = readFileSync('.github/workflows/release.yml', 'utf8')
const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
const builder = readFileSync('electron-builder.yml', 'utf8')
const runner = readFileSync('scripts/test.js', 'utf8')

/** The commands of every step, one a line. */
const commands = workflow
  .split('\n')
  .flatMap((line) => /^\s+(?:- )?run: (?!\|)(.+)$/.exec(line)?.[1] ?? /^ {10}(\S.*)$/.exec(line)?.[1] ?? [])

describe('the release workflow', () => {
  it('runs only scripts that package.json has', () => {
    const named = commands.flatMap((command) => [...command.matchAll(/\bnpm (?:run ([\w:-]+)|(test|start)\b)/g)])
    expect(named.length).toBeGreaterThanOrEqual(3)
    for (const [, script, short] of named) expect(Object.keys(manifest.scripts)).toContain(script ?? short)
  })

  it('tests before it packs and packs before it publishes', () => {
    expect(workflow).toMatch(/^ {2}package:\n {4}needs: test$/m)
    expect(workflow).toMatch(/^ {2}publish:\n {4}needs: package$/m)
    expect(commands).toContain('npm test')
    expect(commands).toContain('npm ci')
  })

  it('packs a release, never the stand-in, on each system that the packages are for', () => {
    expect(commands).toContain('npm run package -- --release')
    expect(workflow).not.toMatch(/--stand-in|PODOSKIN_STAND_IN/)
    for (const system of ['linux', 'win', 'mac']) {
      expect(workflow).toContain(`system: ${system}`)
      expect(builder).toMatch(new RegExp(`^${system}:$`, 'm'))
    }
  })

  it('tests what was packed with a suite that exists', () => {
    const suite = /npm test -- --only=([\w-]+)/.exec(workflow)?.[1]
    expect(runner).toContain(`name: '${suite}'`)
  })

  it('has a Node that the project accepts', () => {
    const [least = 0] = manifest.engines.node.match(/\d+/g)?.map(Number) ?? []
    for (const [, used] of workflow.matchAll(/node-version: (\d+)/g)) expect(Number(used)).toBeGreaterThanOrEqual(least)
  })

  it('hands files on that the packages really become', () => {
    for (const [target, ending] of [
      ['nsis', 'exe'],
      ['dmg', 'dmg'],
      ['zip', 'zip'],
      ['AppImage', 'AppImage'],
    ] as const) {
      expect(builder).toContain(`target: ${target}`)
      expect(workflow).toContain(`release/*.${ending}\n`)
    }
    expect(workflow).toContain('release/*.deb\n')
  })

  it('may write only where it publishes, and only a tag publishes', () => {
    expect([...workflow.matchAll(/contents: write/g)]).toHaveLength(1)
    expect(workflow).toMatch(/publish:[\s\S]*if: startsWith\(github\.ref, 'refs\/tags\/'\)[\s\S]*contents: write/)
  })
})
