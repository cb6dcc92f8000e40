import type { Workflow } from '../../application/ports.ts'
import type { WorkflowBody } from '../schemas/workflow.ts'
import { iso } from './time.ts'

export const presentWorkflow = (workflow: Workflow): WorkflowBody => ({
  workflow_id: workflow.workflow_id,
  version: workflow.version,
  status: workflow.status,
  created_at: iso(workflow.workflow_created_at),
  version_created_at: iso(workflow.created_at),
  ...workflow.definition,
})
