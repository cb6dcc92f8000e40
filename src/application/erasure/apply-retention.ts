import { isFamilyDue } from '../../domain/session/retention.ts'
import { DAY_MS } from '../../domain/time.ts'
import type { ActorRef } from '../../domain/session/state.ts'
import type { Deps, OverdueSession } from '../ports.ts'
import { bury } from './erase-session.ts'
import { presentFamily } from './present-family.ts'
import type { ErasureDeps } from './resume-erasures.ts'

export const RETENTION_ACTOR: ActorRef = { type: 'system', id: 'retention', name: null }

/** Of roots asked about and of sessions erased, in one run: an invocation may make a thousand calls. */
export const RETENTION_BATCH = 50
/** When a family that must not go yet is looked at again, so that those behind it have their turn. */
const LOOK_AGAIN_MS = DAY_MS

type RetentionDeps = ErasureDeps & Pick<Deps, 'retention'>

/** Cron: erases what the tenants' retention time is over for, root by root with all that belongs to it. */
export async function applyRetention(deps: RetentionDeps): Promise<{ erased: number }> {
  let erased = 0
  for (const overdue of await deps.retention.overdue(deps.clock.system(), RETENTION_BATCH)) {
    if (erased >= RETENTION_BATCH) break
    try {
      erased += await eraseOrPostpone(deps, overdue)
    } catch (cause) {
      const error_name = cause instanceof Error ? cause.name : typeof cause
      deps.log.error('retention.failed', { session_id: overdue.session_id, error_name })
    }
  }
  if (erased > 0) deps.log.info('retention.erased', { count: erased })
  return { erased }
}

/** How many sessions went. */
async function eraseOrPostpone(
  deps: RetentionDeps,
  { scope, session_id, retention_days }: OverdueSession,
): Promise<number> {
  const before = deps.clock.system() - retention_days * DAY_MS
  const family = await presentFamily(deps, scope, session_id)
  const root = family.find((member) => member.place === 'self')
  if (root === undefined) return 0
  const below = family.filter((member) => member.place === 'below')
  if (isFamilyDue(root, below, before)) {
    const actor = { scope, ref: RETENTION_ACTOR }
    const gone = await bury(deps, { actor, sessionId: session_id, seen: [root, ...below] })
    if (gone.ok) return 1 + gone.value.subsessions_deleted
    if (gone.error === 'not_found') return 0
  }
  await deps.retention.postpone(scope, session_id, before + LOOK_AGAIN_MS)
  return 0
}
