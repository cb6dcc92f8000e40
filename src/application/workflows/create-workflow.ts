import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { ok } from '../../domain/result.ts'
import type { WorkflowInput } from '../../domain/workflow/input.ts'
import type { WorkflowVersion } from '../../domain/workflow/definition.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import { keptBy, replayed } from '../idempotency/replay.ts'
import { workflowNotFound } from '../not-found.ts'
import type { Deps, Workflow } from '../ports.ts'
import { defineWorkflow } from './define.ts'

export async function createWorkflow(
  deps: Pick<Deps, 'clock' | 'ids' | 'workflows'>,
  input: TenantCall & { definition: WorkflowInput },
): Promise<Result<Workflow, DomainError>> {
  const permitted = permit(input.actor, 'kyc:workflow')
  if (!permitted.ok) return permitted
  const { scope } = input.actor
  const defined = await defineWorkflow(deps, scope, input.definition, null)
  if (!defined.ok) return defined
  const now = deps.clock.now(scope)
  const version = { workflow_id: deps.ids.uuid(), version: 1, definition: defined.value, created_at: now }
  const by = keptBy(deps, input)
  if (by === null) {
    await deps.workflows.insert(scope, version)
    return ok(asMade(version))
  }
  const outcome = await deps.workflows.insertKeyed(scope, version, by)
  if (outcome === 'inserted') return ok(asMade(version))
  const first = replayed(by, outcome, workflowNotFound())
  return first.ok ? ok(asMade(first.value)) : first
}

const asMade = (version: WorkflowVersion): Workflow => ({
  ...version,
  status: 'active',
  workflow_created_at: version.created_at,
})
