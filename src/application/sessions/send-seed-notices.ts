import { parentNotice } from '../../domain/session/parent-notice.ts'
import { MINUTE_MS } from '../../domain/time.ts'
import { SYSTEM_ACTOR } from '../actor.ts'
import type { Deps } from '../ports.ts'

const BATCH = 100
const LEASE_MS = 2 * MINUTE_MS

/** Cron: tells parents of children that changed in D1 alone. One that can't be told is tried again when its lease ends. */
export async function sendSeedNotices(
  deps: Pick<Deps, 'seedNotices' | 'sessionObjects' | 'clock' | 'ids' | 'log'>,
): Promise<void> {
  const notices = await deps.seedNotices.lease(deps.clock.system(), LEASE_MS, BATCH)
  const told: number[] = []
  for (const { id, child } of notices) {
    try {
      if (child.parent_session_id !== null) {
        await deps.sessionObjects.execute(child.parent_session_id, {
          grant: { by: 'system' },
          command: parentNotice(child),
          actor: SYSTEM_ACTOR,
          request_id: null,
          id: deps.ids.short(),
          expected_version: null,
          awaits_projection: false,
        })
      }
      told.push(id)
    } catch (cause) {
      deps.log.warn('seed_notice.postponed', {
        session_id: child.session_id,
        error_name: cause instanceof Error ? cause.name : typeof cause,
      })
    }
  }
  await deps.seedNotices.complete(told)
}
