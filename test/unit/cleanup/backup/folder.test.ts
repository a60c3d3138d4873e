import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { cloudService } from '#electron/cleanup/backup/cloud.ts'
import { assertFolder, checkFolder, kindOf } from '#electron/cleanup/backup/folder.ts'
import { deletable, deleteBackup, listBackups } from '#electron/cleanup/backup/list.ts'
import { thisWorld, type World } from '#electron/cleanup/backup/world.ts'
import { makeBackupFolder, removeBackupFolder } from '#scripts/backup-folder.js'

const root = mkdtempSync(join(tmpdir(), 'podoskin-folders-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** A workstation of another kind, where only `files` exist. */
function world(platform: NodeJS.Platform, files: Record<string, string> = {}, env: World['env'] = {}): World {
  const windows = platform === 'win32'
  return {
    ...{ platform, env, temporary: windows ? 'C:\\Users\\Ana\\AppData\\Local\\Temp' : '/tmp' },
    home: windows ? 'C:\\Users\\Ana' : platform === 'darwin' ? '/Users/ana' : '/home/ana',
    exists: (file) => file in files,
    read: (file) => files[file] ?? null,
  }
}

const dropbox = '{"personal": {"path": "D:\\\\Mis cosas", "host": 1, "is_team": false}}'
const windows = {
  SystemRoot: 'C:\\Windows',
  ProgramFiles: 'C:\\Program Files',
  APPDATA: 'C:\\Users\\Ana\\AppData\\Roaming',
  OneDrive: 'D:\\Nube',
}

describe('a folder that a cloud sees', () => {
  test.each([
    ['OneDrive', world('win32', {}, windows), 'd:\\nube\\Respaldos'],
    ['OneDrive', world('win32'), 'C:\\Users\\Ana\\OneDrive - Clínica\\Documentos'],
    ['OneDrive', world('win32', { 'E:\\Renombrada\\.849C9593-D756-4E56-8D6E-42412F2A707B': '' }), 'E:\\Renombrada\\x'],
    [
      'Dropbox',
      world('win32', { 'C:\\Users\\Ana\\AppData\\Roaming\\Dropbox\\info.json': dropbox }, windows),
      'D:\\Mis cosas\\a',
    ],
    ['Dropbox', world('linux', { '/srv/ana/.dropbox.cache': '' }), '/srv/ana/respaldos'],
    ['Dropbox', world('darwin'), '/Users/ana/Dropbox (Clínica)/x'],
    ['Google Drive', world('win32'), 'G:\\Mi unidad\\Respaldos'],
    ['Google Drive', world('darwin'), '/Users/ana/Library/CloudStorage/GoogleDrive-ana@clinica.mx/My Drive'],
    ['iCloud', world('darwin'), '/Users/ana/Library/Mobile Documents/com~apple~CloudDocs/x'],
    [
      'iCloud',
      world('darwin', { '/Users/ana/Library/Mobile Documents/com~apple~CloudDocs/Documents': '' }),
      '/Users/ana/Documents/r',
    ],
    ['iCloud', world('win32'), 'C:\\Users\\Ana\\iCloudDrive\\r'],
    ['Nextcloud', world('linux'), '/home/ana/Nextcloud/r'],
    ['Syncthing', world('linux', { '/home/ana/compartida/.stfolder': '' }), '/home/ana/compartida/r'],
  ])('is known: %s', (service, where, folder) => {
    expect(cloudService(where, folder)).toBe(service)
  })

  test.each([
    [world('win32', {}, windows), 'D:\\Nube de algodón'],
    [world('darwin'), '/Users/ana/Documents/r'],
    [world('linux', { '/home/ana/.dropbox': '' }), '/home/ana/respaldos'],
    [world('linux'), '/media/ana/disco'],
  ])('is not seen where none is', (where, folder) => {
    expect(cloudService(where, folder)).toBeNull()
  })
})

describe('a place', () => {
  test.each([
    ['temporary', world('win32', {}, windows), 'c:\\users\\ana\\appdata\\local\\temp\\x'],
    ['temporary', world('win32', {}, windows), 'C:\\Windows\\Temp'],
    ['temporary', world('win32', {}, windows), 'D:\\$Recycle.Bin\\S-1'],
    ['temporary', world('linux'), '/var/tmp/x'],
    ['temporary', world('darwin'), '/Users/ana/.Trash/x'],
    ['application', world('linux'), '/home/ana/app/data'],
    ['system', world('win32', {}, windows), 'C:\\Program Files\\Otro'],
    ['system', world('darwin'), '/Library/x'],
    ['system', world('linux'), '/etc'],
    ['system', world('linux'), '/'],
    [null, world('linux'), '/run/media/ana/DISCO'],
    [null, world('linux'), '/home/ana/application'],
    [null, world('win32', {}, windows), 'D:\\'],
    [null, world('darwin'), '/Volumes/Disco'],
  ])('is judged: %s', (kind, where, folder) => {
    expect(kindOf(where, folder, ['/home/ana/app', 'C:\\Users\\Ana\\AppData\\Roaming\\podoskin'])).toBe(kind)
  })
})

const settled = makeBackupFolder()

describe.skipIf(settled === null)('a real folder (home is a temporary one: nowhere to keep a backup)', () => {
  const here: World = { ...thisWorld(), temporary: '/nowhere', env: {} }
  const needs = { bytes: 0, application: [] }
  const elsewhere = settled ?? ''
  afterAll(() => removeBackupFolder(settled))

  test('that fits is taken, and left as it was', async () => {
    expect(await checkFolder(elsewhere, needs, here)).toMatchObject({
      problem: null,
      service: null,
      free: expect.any(Number),
    })
    await assertFolder(elsewhere, needs, here)
    expect(readdirSync(elsewhere)).toEqual([])
  })

  test('is refused with its reason', async () => {
    writeFileSync(join(root, 'file'), '')
    mkdirSync(join(elsewhere, 'Dropbox'))
    symlinkSync(join(elsewhere, 'Dropbox'), join(elsewhere, 'link'))
    const problems = async (folder: string, more = {}) =>
      (await checkFolder(folder, { ...needs, ...more }, here)).problem
    expect(await problems(join(root, 'nowhere'))).toBe('missing')
    expect(await problems('relative')).toBe('missing')
    expect(await problems(join(root, 'file'))).toBe('notAFolder')
    expect(await problems(join(elsewhere, 'link'))).toBe('cloud')
    expect(await problems(elsewhere, { bytes: 1e18 })).toBe('noRoom')
    expect(await problems(elsewhere, { application: [elsewhere] })).toBe('application')
    expect((await checkFolder(root, needs)).problem).toBe('temporary')
    await expect(assertFolder(join(elsewhere, 'link'), needs, here)).rejects.toMatchObject({
      ...{ code: 'BACKUP_FOLDER_REFUSED', params: { reason: 'cloud', service: 'Dropbox' } },
    })
  })

  test.skipIf(process.getuid?.() === 0)('that may not be written to is refused (as root, everything may)', async () => {
    const locked = join(elsewhere, 'locked')
    mkdirSync(locked)
    chmodSync(locked, 0o500)
    expect((await checkFolder(locked, needs, here)).problem).toBe('notWritable')
  })
})

describe('the backups of a folder', () => {
  test('are listed newest first, without partial files, with how they are protected', async () => {
    const folder = mkdtempSync(join(root, 'list-'))
    const put = (name: string, content: string, age: number) => {
      writeFileSync(join(folder, name), content)
      utimesSync(join(folder, name), age, age)
    }
    put('a-0a1b2c3d.podoskin-backup', 'age-encryption.org/v1\n-> scrypt x 17\n', 100)
    put('b-1a1b2c3d.podoskin-backup', 'age-encryption.org/v1\n-> X25519 x\n', 300)
    put('renamed.podoskin-backup', 'LEEME.txt\0\0', 200)
    put('c-2a1b2c3d.podoskin-backup.partial', 'LEEME.txt\0\0', 400)
    put('other.txt', '', 400)
    mkdirSync(join(folder, 'd-3a1b2c3d.podoskin-backup'))
    expect((await listBackups(folder)).map(({ name, shortId, protection }) => [name, shortId, protection])).toEqual([
      ['b-1a1b2c3d.podoskin-backup', '1a1b2c3d', 'recipient'],
      ['renamed.podoskin-backup', null, 'none'],
      ['a-0a1b2c3d.podoskin-backup', '0a1b2c3d', 'passphrase'],
    ])
    await expect(listBackups(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'BACKUP_UNREADABLE' })
  })

  test('go only after their date, and the newest never', async () => {
    const folder = mkdtempSync(join(root, 'delete-'))
    const backup = (name: string, writtenAt: number, keepUntil: string | null) => {
      const file = join(folder, `${name}.podoskin-backup`)
      writeFileSync(file, '')
      return { file, writtenAt, keepUntil }
    }
    const [old, due, open, newest] = [
      backup('old', 1, '2026-11-23'),
      backup('due', 2, '2026-11-24'),
      backup('open', 3, null),
      backup('newest', 4, '2020-01-01'),
    ]
    const all = [old, due, open, newest]
    expect(deletable(all, '2026-11-24')).toEqual([old])
    expect(deletable([newest], '2026-11-24')).toEqual([])
    expect(deletable([], '2026-11-24')).toEqual([])
    for (const { file } of [due, open, newest, { file: join(folder, 'other') }]) {
      await expect(deleteBackup(file, all, '2026-11-24')).rejects.toMatchObject({ code: 'BACKUP_KEPT' })
    }
    await deleteBackup(old.file, all, '2026-11-24')
    expect(readdirSync(folder).sort()).toEqual(['due', 'newest', 'open'].map((name) => `${name}.podoskin-backup`))
  })
})
