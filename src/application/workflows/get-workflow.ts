import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { err, ok } from '../../domain/result.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import { workflowNotFound } from '../not-found.ts'
import type { Deps, Workflow } from '../ports.ts'

/** A deleted workflow can be read still: sessions made from it go on. */
export async function getWorkflow(
  deps: Pick<Deps, 'workflows'>,
  input: TenantCall & { workflowId: string },
): Promise<Result<Workflow, DomainError>> {
  const permitted = permit(input.actor, 'kyc:read')
  if (!permitted.ok) return permitted
  const workflow = await deps.workflows.find(input.actor.scope, input.workflowId)
  return workflow === null ? err(workflowNotFound()) : ok(workflow)
}
