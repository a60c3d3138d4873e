import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { execute } from '#scripts/process.js'
import { SetupError } from '#scripts/say.js'

/**
 * @typedef {object} DebianPackage
 * @property {string} source the unpacked application
 * @property {string} icons folder of `16x16.png` …
 * @property {string} destination folder for the file
 * @property {string} name
 * @property {string} productName
 * @property {string} version as Debian writes versions
 * @property {string} description one line
 * @property {'fast' | 'small'} compression
 */

/** Libraries by the names that Debian 12 and Ubuntu 22.04 have, and newer ones; what needs others comes with them. */
const depends = [
  'libgtk-3-0t64 | libgtk-3-0',
  'libnss3',
  'libasound2t64 | libasound2',
  'libgbm1',
  'libatspi2.0-0t64 | libatspi2.0-0',
  'libcups2t64 | libcups2',
  'libdrm2',
  'libxkbcommon0',
  'libxcomposite1',
  'libxdamage1',
  'libxfixes3',
  'libxrandr2',
  'libudev1',
  'libsecret-1-0',
  'xdg-utils',
]

/** @param {DebianPackage} options */
const control = ({ name, version, productName, description }, /** @type {number} */ kilobytes) =>
  `Package: ${name}
Version: ${version}
Section: misc
Priority: optional
Architecture: amd64
Installed-Size: ${kilobytes}
Depends: ${depends.join(', ')}
Recommends: gnome-keyring | libsecret-1-0
Maintainer: PodoSkin <soporte@podoskin.example>
Description: ${productName}: ${description}
 Panel de la clínica, limpieza de los datos de prueba con respaldo, lista de
 puesta en producción y monitoreo, sobre la base de datos PostgreSQL de PodoSkin.
`

/** @param {DebianPackage} options */
const desktopEntry = ({ name, productName }) => `[Desktop Entry]
Type=Application
Name=${productName}
GenericName=Administración de la clínica
GenericName[en]=Clinic administration
Comment=Panel, limpieza y puesta en producción de la clínica
Comment[en]=Dashboard, cleanup and go-live of the clinic
Exec=/usr/bin/${name} %f
Icon=${name}
Terminal=false
StartupWMClass=${name}
StartupNotify=true
MimeType=application/x-podoskin-backup;
Categories=Office;
Keywords=PodoSkin;clínica;PostgreSQL;
`

const mimeType = `<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="application/x-podoskin-backup">
    <comment>PodoSkin backup</comment>
    <comment xml:lang="es">Respaldo de PodoSkin</comment>
    <glob pattern="*.podoskin-backup"/>
  </mime-type>
</mime-info>
`

/**
 * Makes a Debian package with nothing but dpkg-deb, on any machine that has it and as any user. No script runs when it
 * is installed or removed: menus, types of files and icons follow the triggers of the packages that own them. What
 * people made (settings, profiles, backups) lies in their own folders, which no removal touches.
 * @param {DebianPackage} options
 * @returns {Promise<string>} the file
 */
export async function makeDeb(options) {
  const { source, icons, destination, name, version, compression } = options
  const tree = mkdtempSync(join(tmpdir(), 'podoskin-deb-'))
  try {
    const place = (/** @type {string} */ path, /** @type {string} */ text) => {
      mkdirSync(dirname(join(tree, path)), { recursive: true })
      writeFileSync(join(tree, path), text)
    }
    const home = `usr/lib/${name}`
    cpSync(source, join(tree, home), { recursive: true, verbatimSymlinks: true })
    // Tells the app that apt updates it: it only says that there is something new.
    place(`${home}/resources/package-type`, 'deb')
    mkdirSync(join(tree, 'usr/bin'), { recursive: true })
    symlinkSync(`../lib/${name}/${name}`, join(tree, 'usr/bin', name))
    place(`usr/share/applications/${name}.desktop`, desktopEntry(options))
    place(`usr/share/mime/packages/${name}.xml`, mimeType)
    place(`usr/share/doc/${name}/copyright`, copyright(source))
    for (const file of readdirSync(icons)) {
      const path = `usr/share/icons/hicolor/${file.replace('.png', '')}/apps/${name}.png`
      mkdirSync(dirname(join(tree, path)), { recursive: true })
      cpSync(join(icons, file), join(tree, path))
    }
    const files = settle(tree, tree)
    // Where a kernel refuses user namespaces to ordinary users, Chromium's sandbox needs this helper to be root's.
    const helper = join(tree, home, 'chrome-sandbox')
    if (existsSync(helper)) chmodSync(helper, 0o4755)
    place('DEBIAN/md5sums', files.map((path) => `${md5(join(tree, path))}  ${path}\n`).join(''))
    const bytes = files.reduce((sum, path) => sum + lstatSync(join(tree, path)).size, 0)
    place('DEBIAN/control', control(options, Math.ceil(bytes / 1024)))
    chmodSync(tree, 0o755)
    chmodSync(join(tree, 'DEBIAN'), 0o755)

    const file = join(destination, `${name}_${version}_amd64.deb`)
    const how = compression === 'small' ? ['-Zxz', '-z6'] : ['-Zgzip', '-z1']
    const made = await execute('dpkg-deb', ['--root-owner-group', ...how, '--build', tree, file], { quiet: true })
    if (made.code !== 0) {
      throw new SetupError(
        `dpkg-deb could not make ${file}.\n${made.output}`,
        'Correct what it says and run this again.',
      )
    }
    return file
  } finally {
    rmSync(tree, { recursive: true, force: true })
  }
}

/**
 * Gives every file the rights that Debian wants, whatever umask filled the folder.
 * @param {string} root @param {string} folder
 * @returns {string[]} plain files, relative to the root
 */
function settle(root, folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isSymbolicLink()) return []
      if (entry.isDirectory()) {
        chmodSync(path, 0o755)
        return settle(root, path)
      }
      chmodSync(path, (lstatSync(path).mode & 0o111) !== 0 ? 0o755 : 0o644)
      return [relative(root, path)]
    })
}

/** @param {string} source */
function copyright(source) {
  const electron = join(source, 'LICENSE.electron.txt')
  const licence = existsSync(electron) ? readFileSync(electron, 'utf8') : ''
  return `PodoSkin Admin. Todos los derechos reservados.\n\nElectron, on which it runs:\n\n${licence}\nChromium and its parts: LICENSES.chromium.html beside the program.\n`
}

/** @param {string} file */
const md5 = (file) => createHash('md5').update(readFileSync(file)).digest('hex')
