import { MAX_LINES_PER_SEAL, nextSeal } from '../../domain/audit/seal.ts'
import { civilDateAt, MINUTE_MS } from '../../domain/time.ts'
import type { Deps } from '../ports.ts'

/** A run stops after so many and the next one goes on. Each takes up to three calls of D1, of which an invocation has 1,000. */
export const MAX_SEALS_PER_RUN = 200
export const MAX_LINES_PER_RUN = 20 * MAX_LINES_PER_SEAL
/** A line that follows its answer is given this long to come before its day is sealed. */
const GRACE_MS = 5 * MINUTE_MS

/** Cron: seals every day that is over, oldest first. Of two runs at once one goes on. */
export async function sealAccessLog(
  deps: Pick<Deps, 'accessLog' | 'clock'>,
): Promise<{ seals: number; isDone: boolean }> {
  const now = deps.clock.system()
  const today = civilDateAt(now - GRACE_MS)
  let [seals, lines] = [0, 0]
  for (const { scope, former } of await deps.accessLog.unsealed(today, MAX_SEALS_PER_RUN)) {
    for (let last = former; ;) {
      if (seals >= MAX_SEALS_PER_RUN || lines >= MAX_LINES_PER_RUN) return { seals, isDone: false }
      const unsealed = await deps.accessLog.linesAfter(scope, last?.last_id ?? 0, MAX_LINES_PER_SEAL)
      const seal = nextSeal(scope, last, unsealed, today)
      if (seal === null) break
      // Another run was first, and its seal may cover other lines: what stands on ours would stand on nothing.
      if (!(await deps.accessLog.keepSeal(scope, seal, now))) break
      seals += 1
      lines += seal.lines
      last = seal
    }
  }
  return { seals, isDone: true }
}
