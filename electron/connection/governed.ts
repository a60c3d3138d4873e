import type { ProfileFields } from '#shared/connection.ts'
import { AppError } from '#shared/errors.ts'
import type { Profiles, StoredProfile } from './profiles.ts'
import { sameTarget } from './target.ts'

/** The one profile that a policy of the machine fixes: the same on every start, so that its password is found again. */
const governedId = '0e5a1c52-6d0b-4b53-8a39-5c1f7a0d9e11'

/**
 * The profiles of a workstation whose connection is fixed by the machine's policy (or `locked`: none at all). What a
 * person had stored stays in the file, unseen. A stored password is forgotten when the policy leads elsewhere. Changes
 * throw `MANAGED_BY_POLICY`.
 */
export function governedProfiles(profiles: Profiles, fixed: ProfileFields | 'locked'): Profiles {
  const refuse = (): never => {
    throw new AppError('MANAGED_BY_POLICY')
  }
  const find = (id: string): StoredProfile | null => {
    if (fixed === 'locked' || id !== governedId) return null
    const before = profiles.find(governedId)
    const stored = before?.passwordStored === true && sameTarget(before, fixed)
    return { ...fixed, id: governedId, passwordStored: stored }
  }
  return {
    find,
    list() {
      const profile = find(governedId)
      return profile ? [profile] : []
    },
    lastUsedId: () => (fixed === 'locked' ? null : governedId),
    assertRoom: refuse,
    put: (profile) => (profile.id === governedId ? profiles.put(profile) : refuse()),
    remove: async () => refuse(),
    use: (id) => profiles.use(id),
  }
}
