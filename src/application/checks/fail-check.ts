import { unavailableResult } from '../../domain/decision/unavailable-result.ts'
import type { CheckJob, Deps } from '../ports.ts'
import { recordResult } from './run-check.ts'

/** A job that the queue gave up on ends as `error`, so that the run can end and a person looks at it. */
export async function failCheck(deps: Pick<Deps, 'sessionObjects' | 'ids' | 'clock'>, job: CheckJob): Promise<void> {
  const wanted = await deps.sessionObjects.jobInputs(job.session_id, job)
  if (wanted === null) return
  const result = unavailableResult(job.check, {
    state: 'error',
    provider: 'kyc-sessions',
    message: 'The check failed again and again and was given up.',
    checked_at: deps.clock.now(wanted.scope),
  })
  await recordResult(deps, job, result)
}
