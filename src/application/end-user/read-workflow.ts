import type { DomainError } from '../../domain/errors.ts'
import type { Result } from '../../domain/result.ts'
import { ok } from '../../domain/result.ts'
import type { WorkflowDefinition } from '../../domain/workflow/definition.ts'
import type { Defer, LinkCall } from '../call.ts'
import type { LinkReadDeps } from './read-by-link.ts'
import { readByLink } from './read-by-link.ts'

/** The workflow version that the session keeps for life. */
export async function readWorkflow(
  deps: LinkReadDeps,
  input: LinkCall & { defer: Defer },
): Promise<Result<{ workflow: WorkflowDefinition; workflowId: string; version: number }, DomainError>> {
  const read = await readByLink(deps, { ...input, operation: 'link.workflow_read' })
  if (!read.ok) return read
  const { state, workflow } = read.value
  return ok({ workflow, workflowId: state.workflow_id, version: state.workflow_version })
}
