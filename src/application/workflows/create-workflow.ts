import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { ok } from '../../domain/result.ts'
import type { WorkflowInput } from '../../domain/workflow/input.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
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
  await deps.workflows.insert(scope, version)
  return ok({ ...version, status: 'active', workflow_created_at: now })
}
