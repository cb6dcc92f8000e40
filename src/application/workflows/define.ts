import type { DomainError, ErrorDetail } from '../../domain/errors.ts'
import { domainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { err } from '../../domain/result.ts'
import type { WorkflowDefinition } from '../../domain/workflow/definition.ts'
import type { WorkflowInput } from '../../domain/workflow/input.ts'
import { normalizeDefinition } from '../../domain/workflow/normalize.ts'
import type { TenantScope } from '../actor.ts'
import type { Deps } from '../ports.ts'

/** Defaults filled in, references checked: first those inside the definition, then other workflows that it names. */
export async function defineWorkflow(
  deps: Pick<Deps, 'workflows'>,
  scope: TenantScope,
  input: WorkflowInput,
  ownId: string | null,
): Promise<Result<WorkflowDefinition, DomainError>> {
  const normalized = normalizeDefinition(input)
  if (!normalized.ok) return err(invalidDefinition(normalized.error))
  const missing: ErrorDetail[] = []
  for (const reference of referencesOf(normalized.value)) {
    if (reference.workflowId === ownId) continue
    const found = await deps.workflows.find(scope, reference.workflowId)
    if (found === null || found.status === 'deleted') {
      missing.push({ path: reference.path, message: 'no such workflow in your tenant: name one that is not deleted' })
    }
  }
  return missing.length === 0 ? normalized : err(invalidDefinition(missing))
}

function referencesOf(definition: WorkflowDefinition): { path: string; workflowId: string }[] {
  const ofSteps = definition.steps.flatMap((step, index) =>
    step.type === 'subsession_collection' && step.workflow_id !== null
      ? [{ path: `steps[${index}].workflow_id`, workflowId: step.workflow_id }]
      : [],
  )
  const own = definition.subsession_workflow_id
  return own === null ? ofSteps : [...ofSteps, { path: 'subsession_workflow_id', workflowId: own }]
}

export function invalidDefinition(details: readonly ErrorDetail[]): DomainError {
  const [first] = details
  const where = first === undefined ? '' : ` ${first.path}: ${first.message}`
  return domainError('INVALID_REQUEST', `The workflow definition is not valid.${where}`, details)
}
