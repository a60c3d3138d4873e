import { isWithin, pathsOf, upwards, type World } from './world.ts'

/** Names that the programs give to the folders they synchronise, in Spanish and English installations. */
const folderNames: readonly (readonly [RegExp, string])[] = [
  [/^OneDrive( - .+)?$/i, 'OneDrive'],
  [/^Dropbox( \(.+\))?$/i, 'Dropbox'],
  [/^(Google ?Drive|My Drive|Mi unidad|Shared drives|Unidades compartidas)$/i, 'Google Drive'],
  [/^(iCloud ?Drive|com~apple~CloudDocs|Mobile Documents)$/i, 'iCloud'],
  [/^(Box Sync|Box-Box)$/i, 'Box'],
  [/^(MEGAsync( Downloads)?|MEGA)$/, 'MEGA'],
  [/^pCloud ?Drive$/i, 'pCloud'],
  [/^(Nextcloud|ownCloud)\d?$/i, 'Nextcloud'],
  [/^(Proton ?Drive)$/i, 'Proton Drive'],
]

/** Files that they leave in those folders, also in one that somebody renamed. */
const markers: readonly (readonly [string, string])[] = [
  ['.849C9593-D756-4E56-8D6E-42412F2A707B', 'OneDrive'],
  ['.dropbox', 'Dropbox'],
  ['.dropbox.cache', 'Dropbox'],
  ['.tmp.driveupload', 'Google Drive'],
  ['.tmp.drivedownload', 'Google Drive'],
  ['.owncloudsync.log', 'Nextcloud'],
  ['.nextcloudsync.log', 'Nextcloud'],
  ['.stfolder', 'Syncthing'],
]

/** macOS gives every service of today one place, with the service's name first: `GoogleDrive-ana@clinica.mx`. */
const macServices: readonly (readonly [RegExp, string])[] = [
  [/^OneDrive/i, 'OneDrive'],
  [/^GoogleDrive/i, 'Google Drive'],
  [/^Dropbox/i, 'Dropbox'],
  [/^Box/i, 'Box'],
]

/** The cloud service that synchronises a folder, or null: what is saved there leaves the clinic. */
export function cloudService(world: World, folder: string): string | null {
  const paths = pathsOf(world)
  const inHome = (...parts: string[]) => paths.join(world.home, ...parts)
  for (const name of ['OneDrive', 'OneDriveConsumer', 'OneDriveCommercial']) {
    if (isWithin(world, folder, world.env[name])) return 'OneDrive'
  }
  if (dropboxFolders(world).some((own) => isWithin(world, folder, own))) return 'Dropbox'
  if (world.platform === 'darwin') {
    const storage = inHome('Library', 'CloudStorage')
    if (isWithin(world, folder, storage)) {
      const service = paths.relative(storage, paths.resolve(folder)).split(paths.sep)[0] ?? ''
      return macServices.find(([pattern]) => pattern.test(service))?.[1] ?? 'iCloud'
    }
    // "Desktop & Documents folders" of iCloud leaves them where they are.
    for (const name of ['Desktop', 'Documents']) {
      const copy = inHome('Library', 'Mobile Documents', 'com~apple~CloudDocs', name)
      if (isWithin(world, folder, inHome(name)) && world.exists(copy)) return 'iCloud'
    }
  }
  for (const each of upwards(world, folder)) {
    const name = paths.basename(each)
    const named = folderNames.find(([pattern]) => pattern.test(name))
    if (named) return named[1]
    // The profile's own folder holds settings of Dropbox under the name of its marker.
    if (each === paths.resolve(world.home)) continue
    const marked = markers.find(([marker]) => world.exists(paths.join(each, marker)))
    if (marked) return marked[1]
  }
  return null
}

/** Where Dropbox itself says that its folders are. */
function dropboxFolders(world: World): string[] {
  const paths = pathsOf(world)
  const { APPDATA, LOCALAPPDATA } = world.env
  const places = [
    ...[APPDATA, LOCALAPPDATA].flatMap((folder) => (folder ? [paths.join(folder, 'Dropbox', 'info.json')] : [])),
    paths.join(world.home, '.dropbox', 'info.json'),
  ]
  return places.flatMap((place) => {
    const text = world.read(place)
    return text === null
      ? []
      : [...text.matchAll(/"path"\s*:\s*("(?:[^"\\]|\\.)*")/g)].flatMap(([, path]) => unquoted(path))
  })
}

function unquoted(json: string | undefined): string[] {
  try {
    const value: unknown = JSON.parse(json ?? '')
    return typeof value === 'string' ? [value] : []
  } catch {
    return []
  }
}
