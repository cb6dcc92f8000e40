import { and, desc, eq, lt, or, type SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { sql } from 'drizzle-orm'
import type { TenantScope } from '../../application/actor.ts'
import type { Workflow, Workflows } from '../../application/ports.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { WorkflowVersion } from '../../domain/workflow/definition.ts'
import { isKept, isOwnCall, keepCall, readKept, selectKept } from './kept-calls.ts'
import { workflows, workflowVersions } from './schema.ts'
import { createShortMemory } from './short-memory.ts'
import { inScope, prepare } from './statement.ts'
import { numberOf, readDefinition, type Row, textOf } from './stored.ts'

/** A stale version does no harm: the insert of a session hangs on it being current. */
const KEPT_MS = 60_000
const MAX_KEPT = 500

export function createWorkflows(db: D1Database, { now }: { now: () => EpochMs }): Workflows {
  const orm = drizzle(db)
  const currents = createShortMemory<WorkflowVersion>({ keptMs: KEPT_MS, maxEntries: MAX_KEPT, now })

  const find = async (scope: TenantScope, workflowId: string): Promise<Workflow | null> => {
    const [row] = await orm
      .select()
      .from(workflows)
      .innerJoin(workflowVersions, isCurrentVersion)
      .where(ownedBy(scope, workflowId))
    const found = row === undefined ? null : readWorkflow(row)
    const key = memoryKey(scope, workflowId)
    if (found === null || found.status === 'deleted') currents.forget(key)
    else currents.set(key, versionOf(found))
    return found
  }

  return {
    find,

    async current(scope, workflowId) {
      const kept = currents.get(memoryKey(scope, workflowId))
      if (kept !== null) return kept
      const found = await find(scope, workflowId)
      return found === null || found.status === 'deleted' ? null : versionOf(found)
    },

    async versions(scope, workflowId) {
      const rows = await orm
        .select()
        .from(workflowVersions)
        .where(
          and(
            eq(workflowVersions.workflow_id, workflowId),
            eq(workflowVersions.tenant_id, scope.tenantId),
            eq(workflowVersions.mode, scope.mode),
          ),
        )
        .orderBy(desc(workflowVersions.version))
      return rows.map(readVersion)
    },

    async list(scope, { limit, after }) {
      const rows = await orm
        .select()
        .from(workflows)
        .innerJoin(workflowVersions, isCurrentVersion)
        .where(
          and(
            eq(workflows.tenant_id, scope.tenantId),
            eq(workflows.mode, scope.mode),
            eq(workflows.status, 'active'),
            after === null
              ? undefined
              : or(
                  lt(workflows.created_at, after.created_at),
                  and(eq(workflows.created_at, after.created_at), lt(workflows.workflow_id, after.workflow_id)),
                ),
          ),
        )
        .orderBy(desc(workflows.created_at), desc(workflows.workflow_id))
        .limit(limit)
      return rows.map(readWorkflow)
    },

    async insert(scope, version) {
      await db.batch(insertWorkflow(scope, version, sql`TRUE`).map((statement) => prepare(db, statement)))
    },

    async insertKeyed(scope, version, by) {
      const subject = { id: version.workflow_id, version: version.version }
      const statements = [
        keepCall(scope, by, { subject, error: null }, sql`TRUE`),
        ...insertWorkflow(scope, version, isOwnCall(scope, by)),
        selectKept(scope, by),
        sql`SELECT wv.workflow_id, wv.version, wv.definition, wv.created_at
            FROM idempotency_keys AS k JOIN workflow_versions AS wv
              ON wv.workflow_id = k.subject_id AND wv.version = k.subject_version
              AND wv.tenant_id = k.tenant_id AND wv.mode = k.mode
            WHERE ${isKept(scope, by)}`,
      ]
      const answers = await db.batch<Row>(statements.map((statement) => prepare(db, statement)))
      const kept = answers.at(-2)?.results[0]
      const made = answers.at(-1)?.results[0]
      if (kept === undefined) throw new Error('insertKeyed: the row is not there')
      if (kept['call_id'] === by.call_id) return 'inserted'
      return readKept(kept, made === undefined ? null : readMade(made))
    },

    async insertVersion(scope, version) {
      const { workflow_id, definition, created_at } = version
      const isNext = sql`w.workflow_id = ${workflow_id} AND ${inScope(sql`w`, scope)}
        AND w.status = 'active' AND w.current_version = ${version.version - 1}`
      const [inserted] = await db.batch(
        [
          sql`INSERT INTO workflow_versions (workflow_id, version, tenant_id, mode, definition, created_at)
              SELECT ${workflow_id}, ${version.version}, ${scope.tenantId}, ${scope.mode}, ${JSON.stringify(definition)}, ${created_at}
              WHERE EXISTS (SELECT 1 FROM workflows AS w WHERE ${isNext})`,
          sql`UPDATE workflows AS w SET current_version = ${version.version}, name = ${definition.name}, updated_at = ${created_at}
              WHERE ${isNext}`,
        ].map((statement) => prepare(db, statement)),
      )
      currents.forget(memoryKey(scope, workflow_id))
      return (inserted?.meta.changes ?? 0) > 0
    },

    async softDelete(scope, workflowId, at) {
      const deleted = await orm
        .update(workflows)
        .set({ status: 'deleted', updated_at: at })
        .where(and(ownedBy(scope, workflowId), eq(workflows.status, 'active')))
      currents.forget(memoryKey(scope, workflowId))
      return deleted.meta.changes > 0
    },
  }
}

const insertWorkflow = (scope: TenantScope, version: WorkflowVersion, condition: SQL): SQL[] => {
  const { workflow_id, definition, created_at } = version
  return [
    sql`INSERT INTO workflows (workflow_id, tenant_id, mode, name, status, current_version, created_at, updated_at)
        SELECT ${workflow_id}, ${scope.tenantId}, ${scope.mode}, ${definition.name}, 'active', ${version.version},
               ${created_at}, ${created_at} WHERE ${condition}`,
    sql`INSERT INTO workflow_versions (workflow_id, version, tenant_id, mode, definition, created_at)
        SELECT ${workflow_id}, ${version.version}, ${scope.tenantId}, ${scope.mode}, ${JSON.stringify(definition)},
               ${created_at} WHERE ${condition}`,
  ]
}

const readMade = (row: Row): WorkflowVersion => ({
  workflow_id: textOf(row, 'workflow_id'),
  version: numberOf(row, 'version'),
  definition: readDefinition(textOf(row, 'definition')),
  created_at: numberOf(row, 'created_at'),
})

const isCurrentVersion = and(
  eq(workflowVersions.workflow_id, workflows.workflow_id),
  eq(workflowVersions.version, workflows.current_version),
)

const ownedBy = (scope: TenantScope, workflowId: string): SQL | undefined =>
  and(eq(workflows.workflow_id, workflowId), eq(workflows.tenant_id, scope.tenantId), eq(workflows.mode, scope.mode))

const memoryKey = (scope: TenantScope, workflowId: string): string =>
  JSON.stringify([scope.tenantId, scope.mode, workflowId])

type VersionColumns = typeof workflowVersions.$inferSelect

const readVersion = (row: VersionColumns): WorkflowVersion => ({
  workflow_id: row.workflow_id,
  version: row.version,
  definition: readDefinition(row.definition),
  created_at: row.created_at,
})

const readWorkflow = (row: {
  workflows: typeof workflows.$inferSelect
  workflow_versions: VersionColumns
}): Workflow => ({
  ...readVersion(row.workflow_versions),
  status: row.workflows.status,
  workflow_created_at: row.workflows.created_at,
})

const versionOf = ({ workflow_id, version, definition, created_at }: Workflow): WorkflowVersion => ({
  workflow_id,
  version,
  definition,
  created_at,
})
