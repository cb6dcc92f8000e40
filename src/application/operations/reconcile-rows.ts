import { MINUTE_MS } from '../../domain/time.ts'
import type { CopyOutcome, Deps, HeldCopy } from '../ports.ts'

export const ROWS_CURSOR = 'reconcile_rows'
/** A run's share: one D1 read, and as many calls of objects as the rows that objects own. */
export const ROWS_PER_RUN = 500
/** While nothing is found, a run every quarter of an hour: 48,000 sessions a day. */
export const PAUSE_MS = 15 * MINUTE_MS
const AT_ONCE = 10

type Found = Record<CopyOutcome | 'failed', number>

/**
 * Walks over all sessions, a share a run, and has each object write its row again where D1 holds less than it once
 * acknowledged: after a restore, a lost write, a row that was damaged. Objects send what they owe by themselves, so this
 * finds nothing on a good day and writes nothing but its cursor. After a run that found something the next minute goes on.
 * A run that is killed is done again: the cursor moves last.
 */
export async function reconcileRows(
  deps: Pick<Deps, 'clock' | 'log' | 'cursors' | 'sessionCopies' | 'sessionObjects'>,
): Promise<Found | null> {
  const position = await deps.cursors.read(ROWS_CURSOR)
  const now = deps.clock.system()
  if (position !== null && now < position.due_at) return null
  const { owned, last } = await deps.sessionCopies.after(position?.after ?? '', ROWS_PER_RUN)
  const found: Found = { not_hydrated: 0, level: 0, written: 0, owed: 0, failed: 0 }
  const waiting = [...owned]
  const work = async (): Promise<void> => {
    for (let copy = waiting.shift(); copy !== undefined; copy = waiting.shift()) found[await ask(deps, copy)] += 1
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  const isMending = found.written + found.owed > 0
  if (isMending) deps.log.warn('reconcile.rows_behind', { count: found.written + found.owed })
  await deps.cursors.move(ROWS_CURSOR, { after: last ?? '', due_at: isMending ? now : now + PAUSE_MS })
  return found
}

/** An object that fails is left for the next time round: it must not hold up the others. */
async function ask(
  deps: Pick<Deps, 'log' | 'sessionObjects'>,
  { session_id, version }: HeldCopy,
): Promise<CopyOutcome | 'failed'> {
  try {
    return await deps.sessionObjects.projectIfBehind(session_id, version)
  } catch (cause) {
    const error_name = cause instanceof Error ? cause.name : typeof cause
    deps.log.warn('reconcile.object_failed', { session_id, error_name })
    return 'failed'
  }
}
