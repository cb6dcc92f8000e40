import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { err, ok } from '../../domain/result.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import { workflowNotFound } from '../not-found.ts'
import type { Deps, Workflow } from '../ports.ts'

/** No new sessions from now on; those that are under way go on. Deleting twice is deleting once. */
export async function deleteWorkflow(
  deps: Pick<Deps, 'clock' | 'workflows'>,
  input: TenantCall & { workflowId: string },
): Promise<Result<Workflow, DomainError>> {
  const permitted = permit(input.actor, 'kyc:workflow')
  if (!permitted.ok) return permitted
  const { scope } = input.actor
  const workflow = await deps.workflows.find(scope, input.workflowId)
  if (workflow === null) return err(workflowNotFound())
  if (workflow.status === 'active') await deps.workflows.softDelete(scope, input.workflowId, deps.clock.now(scope))
  return ok({ ...workflow, status: 'deleted' })
}
