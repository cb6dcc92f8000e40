import type { DomainError } from '../../domain/errors.ts'
import { domainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { err } from '../../domain/result.ts'
import type { WorkflowInput } from '../../domain/workflow/input.ts'
import { TEMPLATE_NAMES, templateNamed } from '../../domain/workflow/templates/index.ts'
import { permit } from '../access/permit.ts'
import type { TenantCall } from '../call.ts'
import type { Deps, Workflow } from '../ports.ts'
import { createWorkflow } from './create-workflow.ts'

/** What may differ from the template as it stands. */
export type TemplateChanges = Pick<WorkflowInput, 'description' | 'tags' | 'custom_tags' | 'ttl_days' | 'language'> & {
  name?: string | undefined
}

export async function createFromTemplate(
  deps: Pick<Deps, 'clock' | 'ids' | 'workflows'>,
  input: TenantCall & { template: string; changes: TemplateChanges },
): Promise<Result<Workflow, DomainError>> {
  const permitted = permit(input.actor, 'kyc:workflow')
  if (!permitted.ok) return permitted
  const template = templateNamed(input.template)
  if (template === null) {
    return err(domainError('WORKFLOW_NOT_FOUND', `There is no such template: use one of ${TEMPLATE_NAMES.join(', ')}.`))
  }
  return createWorkflow(deps, {
    ...input,
    definition: { ...template, ...input.changes, name: input.changes.name ?? template.name },
  })
}
