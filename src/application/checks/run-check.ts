import type { CheckResult } from '../../domain/decision/check-results.ts'
import type { FoundWord } from '../../domain/screening/clearing.ts'
import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { SYSTEM_ACTOR } from '../actor.ts'
import type { CheckJob, Deps, SessionSnapshot } from '../ports.ts'
import { wordsOnHits } from './words-on-hits.ts'

type RecordDeps = Pick<Deps, 'sessionObjects' | 'ids'>

/** Computes one job and hands its result to the session. A job that nobody waits for any more is dropped. */
export async function runCheck(
  deps: RecordDeps & Pick<Deps, 'engines' | 'clock' | 'clearedHits' | 'log'>,
  job: CheckJob,
): Promise<'recorded' | 'not_wanted'> {
  const wanted = await deps.sessionObjects.jobInputs(job.session_id, job)
  if (wanted === null) return 'not_wanted'
  const result = await deps.engines[job.check](wanted.inputs, deps.clock.now(wanted.scope))
  await recordResult(deps, job, result, await wordsOnHits(deps, wanted, result))
  return 'recorded'
}

/** Also the end of a job whose retries are used up: its result then is an `error`, which no rule takes for a pass. */
export function recordResult(
  deps: RecordDeps,
  job: CheckJob,
  result: CheckResult,
  words: readonly FoundWord[] = [],
): Promise<Result<SessionSnapshot, DomainError>> {
  return deps.sessionObjects.execute(job.session_id, {
    grant: { by: 'system' },
    command: { type: 'record_result', owner_id: job.owner_id, job_id: job.job_id, check: job.check, result, words },
    actor: SYSTEM_ACTOR,
    request_id: null,
    id: deps.ids.short(),
    expected_version: null,
    awaits_projection: false,
  })
}
