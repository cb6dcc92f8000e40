import { civilDateAt, DAY_MS } from '../../domain/time.ts'
import type { Deps, RestoreMark } from '../ports.ts'
import { continueRepair, type RepairDeps } from './continue-repair.ts'

/** A page is what one run of a repair works off: so many objects are called. */
export const LEDGER_PAGE = 250
const MAX_PAGES_A_RUN = 20

export type WatchDeps = RepairDeps & Pick<Deps, 'restoreLedger'>

/**
 * Cron: writes to R2 which sessions have news, and counts the pages on both sides. A D1 that counts less than R2 was
 * restored to an earlier day: it is told what was deleted since, and the objects tell it what has changed.
 */
export async function watchForRestore(deps: WatchDeps): Promise<{ isRepairing: boolean }> {
  const mark = await deps.restoreWatch.mark()
  const head = await deps.restoreLedger.head()
  if (head > mark.beat) {
    await noteRestore(deps, mark, head)
    return { isRepairing: true }
  }
  await writeLedger(deps, mark)
  const present = await deps.restoreWatch.mark()
  if (present.repair === null) return { isRepairing: false }
  await continueRepair(deps, present, present.repair)
  return { isRepairing: true }
}

async function noteRestore(deps: WatchDeps, mark: RestoreMark, head: number): Promise<void> {
  // A day more: a deletion before midnight may have ended after the last page of its day.
  const since = civilDateAt(Math.max(0, mark.beat_at - DAY_MS))
  const after = { ...mark, beat: head + 1, beat_at: deps.clock.system() }
  const noted = await deps.restoreWatch.replaceMark(mark, {
    ...after,
    repair: { since, stage: 'tombstones', after: null },
  })
  if (!noted) return
  deps.log.error('restore.noticed', { count: head - mark.beat })
  await deps.restoreLedger.putHead(after.beat)
}

/** The page first, then D1, then R2's number: whatever dies in between, R2 never counts more than an unharmed D1. */
async function writeLedger({ restoreWatch, restoreLedger, clock }: WatchDeps, first: RestoreMark): Promise<void> {
  let mark = first
  for (let pages = 0; pages < MAX_PAGES_A_RUN; pages += 1) {
    const { session_ids, position } = await restoreWatch.changedSince(mark.position, LEDGER_PAGE)
    if (session_ids.length === 0) return
    const next = { ...mark, beat: mark.beat + 1, beat_at: clock.system(), position }
    await restoreLedger.putPage({ beat: next.beat, at: next.beat_at, session_ids })
    if (!(await restoreWatch.replaceMark(mark, next))) return
    await restoreLedger.putHead(next.beat)
    mark = next
  }
}
