// Who waits for check results: the session's run and its validations, seen as one kind of thing.

import type { JobOwner } from './job-graph.ts'
import type { SessionState } from './state.ts'

/** Also closed ones: a repeated result is known as one by them. */
export function checkOwners(state: SessionState): (JobOwner & { is_open: boolean })[] {
  const validations = state.validations.map((validation) => ({
    owner_id: validation.validation_id,
    jobs: validation.jobs,
    results: validation.results,
    explain_misses: validation.explain_misses,
    is_open: validation.status === 'running',
  }))
  if (state.run === null) return validations
  const { run_id, jobs, results, closed_at } = state.run
  return [{ owner_id: run_id, jobs, results, explain_misses: false, is_open: closed_at === null }, ...validations]
}

export const findCheckOwner = (state: SessionState, ownerId: string) =>
  checkOwners(state).find((owner) => owner.owner_id === ownerId) ?? null

export const isCheckOwnerOpen = (state: SessionState, ownerId: string): boolean =>
  findCheckOwner(state, ownerId)?.is_open ?? false
