import type { Deps, Repair, RestoreMark } from '../ports.ts'

export type RepairDeps = Pick<
  Deps,
  'restoreWatch' | 'restoreLedger' | 'tombstoneCopies' | 'sessionObjects' | 'clock' | 'log'
>

const TOMBSTONES_A_RUN = 100
const SESSIONS_A_RUN = 250

/** One run's share of a repair; null when there is no more to do. Each stage can be repeated. */
const STAGES: Record<Repair['stage'], (deps: RepairDeps, repair: Repair) => Promise<Repair | null>> = {
  /** The saga takes up what is laid here, so that nothing deleted stays. */
  async tombstones({ tombstoneCopies, restoreWatch, clock, log }, repair) {
    const { tombstones, next } = await tombstoneCopies.list(repair.since, {
      after: repair.after,
      limit: TOMBSTONES_A_RUN,
    })
    const count = await restoreWatch.layAgain(tombstones, clock.system())
    if (count > 0) log.warn('restore.tombstones_laid_again', { count })
    return next === null ? { ...repair, stage: 'ledger', after: null } : { ...repair, after: next }
  },

  /** Sessions that D1 may not know at all: those made since. */
  async ledger(deps, repair) {
    const page = await deps.restoreLedger.nextPage(repair.since, repair.after)
    if (page === null) return { ...repair, stage: 'directory', after: null }
    await projectAll(deps, page.session_ids)
    return { ...repair, after: page.key }
  },

  /** Sessions that D1 knows as they were. */
  async directory(deps, repair) {
    const ids = await deps.restoreWatch.sessionsAfter(repair.after, SESSIONS_A_RUN)
    await projectAll(deps, ids)
    const last = ids.at(-1)
    return last === undefined ? null : { ...repair, after: last }
  },
}

/** Each in turn: one object that cannot be called does not hold up the rest. */
async function projectAll({ sessionObjects, log }: RepairDeps, sessionIds: readonly string[]): Promise<void> {
  for (const session_id of sessionIds) {
    try {
      await sessionObjects.project(session_id)
    } catch (cause) {
      const error_name = cause instanceof Error ? cause.name : typeof cause
      log.error('restore.projection_failed', { session_id, error_name })
    }
  }
}

export async function continueRepair(deps: RepairDeps, mark: RestoreMark, repair: Repair): Promise<void> {
  const next = await STAGES[repair.stage](deps, repair)
  await deps.restoreWatch.replaceMark(mark, { ...mark, repair: next })
  if (next === null) deps.log.info('restore.repaired')
}
