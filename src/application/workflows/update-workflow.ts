import { canonicalJson } from '../../domain/canonical-json.ts'
import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { err, ok } from '../../domain/result.ts'
import type { WorkflowInput } from '../../domain/workflow/input.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import { workflowNotFound } from '../not-found.ts'
import type { Deps, Workflow } from '../ports.ts'
import { defineWorkflow } from './define.ts'

/** Two editors who save at once both get a version; more rounds than this mean a loop somewhere. */
const MAX_ROUNDS = 5

/** The whole definition anew: version + 1, or nothing when it equals the present one. */
export async function updateWorkflow(
  deps: Pick<Deps, 'clock' | 'workflows'>,
  input: TenantCall & { workflowId: string; definition: WorkflowInput },
): Promise<Result<Workflow, DomainError>> {
  const permitted = permit(input.actor, 'kyc:workflow')
  if (!permitted.ok) return permitted
  const { scope } = input.actor
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const present = await deps.workflows.find(scope, input.workflowId)
    if (present === null || present.status === 'deleted') return err(workflowNotFound())
    const defined = await defineWorkflow(deps, scope, input.definition, input.workflowId)
    if (!defined.ok) return defined
    if (canonicalJson(defined.value) === canonicalJson(present.definition)) return ok(present)
    const version = {
      workflow_id: input.workflowId,
      version: present.version + 1,
      definition: defined.value,
      created_at: deps.clock.now(scope),
    }
    if (await deps.workflows.insertVersion(scope, version)) return ok({ ...present, ...version })
  }
  throw new Error(`workflow ${input.workflowId}: another version came first ${MAX_ROUNDS} times`)
}
