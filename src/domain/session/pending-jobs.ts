// What the shell owes the queues, and what a queue's consumer may look at. A job that nobody waits for has no inputs.

import type { CheckInputs } from '../decision/check-results.ts'
import type { CheckName, WorkflowDefinition } from '../workflow/definition.ts'
import { checkOwners, findCheckOwner } from './check-owners.ts'
import { inputsOf } from './job-graph.ts'
import type { SessionState } from './state.ts'

export type PendingJob = { owner_id: string; job_id: string; check: CheckName }

/** Jobs on their way, of runs and validations that go on. */
export const pendingJobs = (state: SessionState): PendingJob[] =>
  checkOwners(state)
    .filter((owner) => owner.is_open)
    .flatMap(({ owner_id, jobs }) =>
      jobs.filter((job) => job.status === 'sent').map(({ job_id, check }) => ({ owner_id, job_id, check })),
    )

export function jobInputs(state: SessionState, workflow: WorkflowDefinition, job: PendingJob): CheckInputs | null {
  const owner = findCheckOwner(state, job.owner_id)
  const isWanted = pendingJobs(state).some(
    (one) => one.owner_id === job.owner_id && one.job_id === job.job_id && one.check === job.check,
  )
  return owner === null || !isWanted ? null : inputsOf(state, workflow, owner, job.check)
}
