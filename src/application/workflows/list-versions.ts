import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { err, ok } from '../../domain/result.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import { workflowNotFound } from '../not-found.ts'
import type { Deps, Workflow } from '../ports.ts'

/** Every version there ever was, newest first. */
export async function listVersions(
  deps: Pick<Deps, 'workflows'>,
  input: TenantCall & { workflowId: string },
): Promise<Result<Workflow[], DomainError>> {
  const permitted = permit(input.actor, 'kyc:read')
  if (!permitted.ok) return permitted
  const { scope } = input.actor
  const workflow = await deps.workflows.find(scope, input.workflowId)
  if (workflow === null) return err(workflowNotFound())
  const versions = await deps.workflows.versions(scope, input.workflowId)
  const { status, workflow_created_at } = workflow
  return ok(
    versions
      .map((version) => ({ ...version, status, workflow_created_at }))
      .toSorted((left, right) => right.version - left.version),
  )
}
