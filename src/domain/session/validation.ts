// A stand-alone set of checks: started, joined, ended. Evidence only; what a `validation` step does with its end is
// flow.ts.

import { blockedBy } from '../decision/blocking.ts'
import { requestedChecks } from '../decision/requested-checks.ts'
import type { CheckName, WorkflowDefinition } from '../workflow/definition.ts'
import { plannedWork } from './job-graph.ts'
import { RUN_DEADLINE_MS } from './state.ts'
import type { SessionState, ValidationRecord } from './state.ts'
import { emit } from './turn.ts'
import type { Turn } from './turn.ts'

export type ValidationRequest = { checks: readonly CheckName[] | null; explain_misses: boolean }

/** The record that answers a request: the one started by the command with this id, else the running one it joined. */
export function validationFor(
  state: SessionState,
  workflow: WorkflowDefinition,
  request: ValidationRequest,
  commandId: string,
): ValidationRecord | null {
  const own = state.validations.find((validation) => validation.validation_id === validationId(commandId))
  return own ?? joinableValidation(state, workflow, request)
}

export const joinableValidation = (
  state: SessionState,
  workflow: WorkflowDefinition,
  request: ValidationRequest,
): ValidationRecord | null =>
  state.validations.findLast(
    (validation) =>
      validation.status === 'running' &&
      validation.step_id === null &&
      validation.explain_misses === request.explain_misses &&
      checksOf(validation) === sortedSet(request.checks ?? requestedChecks(workflow)),
  ) ?? null

const sortedSet = (checks: readonly string[]): string => [...new Set(checks)].toSorted().join()

const checksOf = (validation: ValidationRecord): string =>
  sortedSet([...validation.jobs.map((job) => job.check), ...Object.keys(validation.results)])

/** A turn may start several: the first takes the command's id, each further one a number after it. */
const validationId = (commandId: string): string => `val_${commandId}`

export function startValidation(
  turn: Turn,
  request: { checks: readonly CheckName[]; explain_misses: boolean; step_id: string | null },
): string {
  const { now, workflow, id } = turn.context
  const startedNow = turn.events.filter((event) => event.type === 'validation_started').length
  const validation_id = startedNow === 0 ? validationId(id) : `${validationId(id)}${startedNow + 1}`
  const { checks, explain_misses, step_id } = request
  const work = plannedWork(turn.state, workflow, { owner_id: validation_id, checks, explain_misses, now })
  emit(turn, {
    type: 'validation_started',
    validation: {
      validation_id,
      step_id,
      status: 'running',
      explain_misses,
      ...work,
      started_at: now,
      deadline_at: now + RUN_DEADLINE_MS,
      completed_at: null,
    },
  })
  return validation_id
}

/** Ends a running validation once none of its jobs is outstanding; null while it goes on. */
export function settleValidation(turn: Turn, ownerId: string): { step_id: string | null; blocked_by: string[] } | null {
  const validation = turn.state.validations.find((one) => one.validation_id === ownerId)
  if (validation === undefined || validation.status !== 'running') return null
  if (validation.jobs.some((job) => job.status === 'waiting' || job.status === 'sent')) return null
  const { workflow } = turn.context
  const step = workflow.steps.find((one) => one.step_id === validation.step_id)
  const blockOn = step?.type === 'validation' ? step.block_on : []
  const blocked_by = blockedBy({ results: validation.results, blockOn, config: workflow.validation_config })
  emit(turn, { type: 'validation_completed', validation_id: ownerId, blocked_by })
  return { step_id: validation.step_id, blocked_by }
}
