import type { TenantScope } from '../actor.ts'
import type { Deps, FamilyMember } from '../ports.ts'

/**
 * The family as its objects have it: D1's copy may lag behind, above all when it was restored to an earlier day, and would
 * not know of a hold. Empty when there is no such session.
 */
export async function presentFamily(
  deps: Pick<Deps, 'erasures' | 'sessionObjects'>,
  scope: TenantScope,
  sessionId: string,
): Promise<FamilyMember[]> {
  const present: FamilyMember[] = []
  for (const known of await deps.erasures.family(scope, sessionId)) {
    const read = await deps.sessionObjects.read(known.session_id, { by: 'tenant', scope })
    // Never written to: D1 has the truth.
    if (read === 'not_hydrated' || !read.ok) {
      present.push(known)
      continue
    }
    const { session_id, version, status, updated_at, legal_hold, metadata } = read.value.state
    present.push({ session_id, version, status, updated_at, legal_hold, metadata, place: known.place })
  }
  return present
}
