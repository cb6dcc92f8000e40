import type { WorkflowDefinition } from '../../domain/workflow/definition.ts'
import { publicWorkflow } from '../../domain/workflow/public-definition.ts'
import type { PublicWorkflowBody } from '../schemas/workflow.ts'

export const presentPublicWorkflow = (read: {
  workflow: WorkflowDefinition
  workflowId: string
  version: number
}): PublicWorkflowBody => ({ workflow_id: read.workflowId, version: read.version, ...publicWorkflow(read.workflow) })
