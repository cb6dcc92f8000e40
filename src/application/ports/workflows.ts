import type { EpochMs } from '../../domain/time.ts'
import type { WorkflowVersion } from '../../domain/workflow/definition.ts'
import type { TenantScope } from '../actor.ts'
import type { KeptBy, KeptOutcome } from './idempotency.ts'

export type Workflow = WorkflowVersion & { status: 'active' | 'deleted'; workflow_created_at: EpochMs }
export type Page<T> = { items: T[]; nextCursor: string | null }

export interface Workflows {
  /** The newest version of a live workflow; versions are immutable and cached, which one is newest is not trusted for long. */
  current(scope: TenantScope, workflowId: string): Promise<WorkflowVersion | null>
  find(scope: TenantScope, workflowId: string): Promise<Workflow | null>
  versions(scope: TenantScope, workflowId: string): Promise<WorkflowVersion[]>
  list(
    scope: TenantScope,
    page: { limit: number; after: { created_at: EpochMs; workflow_id: string } | null },
  ): Promise<Workflow[]>
  insert(scope: TenantScope, version: WorkflowVersion): Promise<void>
  /** As insert, in one batch with the row that keeps the call; what an earlier call made stands in its place. */
  insertKeyed(
    scope: TenantScope,
    version: WorkflowVersion,
    by: KeptBy,
  ): Promise<'inserted' | KeptOutcome<WorkflowVersion>>
  /** False when another version came first. */
  insertVersion(scope: TenantScope, version: WorkflowVersion): Promise<boolean>
  softDelete(scope: TenantScope, workflowId: string, at: EpochMs): Promise<boolean>
}
