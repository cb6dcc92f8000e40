import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { ok } from '../../domain/result.ts'
import type { EpochMs } from '../../domain/time.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import type { Deps, Workflow } from '../ports.ts'

export type WorkflowPosition = { created_at: EpochMs; workflow_id: string }
export type WorkflowListing = { workflows: Workflow[]; next: WorkflowPosition | null }

export async function listWorkflows(
  deps: Pick<Deps, 'workflows'>,
  input: TenantCall & { limit: number; after: WorkflowPosition | null },
): Promise<Result<WorkflowListing, DomainError>> {
  const permitted = permit(input.actor, 'kyc:read')
  if (!permitted.ok) return permitted
  const found = await deps.workflows.list(input.actor.scope, { limit: input.limit + 1, after: input.after })
  const workflows = found.slice(0, input.limit)
  const last = workflows.at(-1)
  const next =
    found.length > input.limit && last !== undefined
      ? { created_at: last.workflow_created_at, workflow_id: last.workflow_id }
      : null
  return ok({ workflows, next })
}
