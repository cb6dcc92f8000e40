// Sessions that nobody ever wrote to have no object that would wake up: D1 expires them, by the same pure code. A write is
// good only while the seed is still D1's and unchanged; all that follows from it hangs on that having happened.

import { sql } from 'drizzle-orm'
import { SYSTEM_ACTOR } from '../../application/actor.ts'
import { chainEvents, type ChainedEvent } from '../../domain/audit/chain.ts'
import { decide } from '../../domain/session/decide.ts'
import { record } from '../../domain/session/record.ts'
import type { SessionState } from '../../domain/session/state.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { WebhookEvent } from '../../domain/webhook/events.ts'
import type { WorkflowDefinition } from '../../domain/workflow/definition.ts'
import { sessionColumns, stateColumns } from './session-columns.ts'
import { commaSeparated, jsonChunks, prepare } from './statement.ts'
import { AUDIT_HEAD, readDefinition, readState, type Row, textOf, textOrNull } from './stored.ts'
import { SPAN_BITS, spanColumn } from './update-spans.ts'
import { deliveriesOf } from './write-deliveries.ts'

export type SeedChange = {
  before: SessionState
  next: SessionState
  events: readonly ChainedEvent[]
  webhooks: readonly WebhookEvent[]
}

type Fresh = { newEventId: () => string; newSalt: () => Uint8Array }

/** How many were found due. */
export async function expireDueSeeds(db: D1Database, fresh: Fresh, now: EpochMs, limit: number): Promise<number> {
  const { results: due } = await prepare(
    db,
    sql`SELECT ss.state, ${AUDIT_HEAD} AS audit_head, wv.workflow_id || '@' || wv.version AS definition_key
        FROM session_states AS ss INDEXED BY session_states_due
        JOIN workflow_versions AS wv ON wv.workflow_id = ss.workflow_id AND wv.version = ss.workflow_version
        WHERE ss.owner = 'seed' AND ss.status = 'draft' AND ss.expires_at <= ${now}
          AND NOT EXISTS (SELECT 1 FROM tombstones AS t WHERE t.session_id = ss.session_id)
        ORDER BY ss.expires_at LIMIT ${limit}`,
  ).all<Row>()
  if (due.length === 0) return 0
  const definitions = await loadDefinitions(db, new Set(due.map((row) => textOf(row, 'definition_key'))))
  const changes = due.flatMap((row): SeedChange[] => {
    const workflow = definitions.get(textOf(row, 'definition_key'))
    if (workflow === undefined) throw new Error('expireDueSeeds: a workflow version is missing')
    const change = expired(readState(textOf(row, 'state')), textOrNull(row, 'audit_head'), workflow, now, fresh)
    return change === null ? [] : [change]
  })
  await changeSeeds(db, changes)
  return due.length
}

/** True when D1 holds the seed as changed, by this call or by another that came first. */
export async function changeSeed(db: D1Database, change: SeedChange): Promise<boolean> {
  await changeSeeds(db, [change])
  const { session_id, version } = change.next
  const row = await prepare(
    db,
    sql`SELECT 1 AS changed FROM session_states WHERE session_id = ${session_id} AND owner = 'seed' AND version = ${version}`,
  ).first()
  return row !== null
}

function expired(
  state: SessionState,
  head: string | null,
  workflow: WorkflowDefinition,
  now: EpochMs,
  { newEventId, newSalt }: Fresh,
): SeedChange | null {
  const actor = SYSTEM_ACTOR
  const decided = decide(state, { type: 'expire' }, { now, workflow, actor, id: '', expected_version: null })
  if (!decided.ok || decided.value.length === 0) return null
  const recorded = record(state, decided.value, { at: now, actor, request_id: null, workflow, newEventId })
  if (!recorded.ok) return null
  return {
    before: state,
    next: recorded.value.state,
    events: chainEvents({ sessionId: state.session_id, head }, recorded.value.recorded, newSalt),
    webhooks: recorded.value.webhooks,
  }
}

async function loadDefinitions(db: D1Database, keys: ReadonlySet<string>): Promise<Map<string, WorkflowDefinition>> {
  const wanted = [...keys].map((key) => {
    const at = key.lastIndexOf('@')
    return { workflow_id: key.slice(0, at), version: Number(key.slice(at + 1)) }
  })
  const { results } = await prepare(
    db,
    sql`SELECT wv.workflow_id || '@' || wv.version AS definition_key, wv.definition
        FROM json_each(${JSON.stringify(wanted)}) AS w CROSS JOIN workflow_versions AS wv
          ON wv.workflow_id = w.value ->> '$.workflow_id' AND wv.version = w.value ->> '$.version'`,
  ).all<Row>()
  return new Map(results.map((row) => [textOf(row, 'definition_key'), readDefinition(textOf(row, 'definition'))]))
}

async function changeSeeds(db: D1Database, changes: readonly SeedChange[]): Promise<void> {
  if (changes.length === 0) return
  const seeds = changes.map(({ before, next }) => ({
    from_version: before.version,
    parent_session_id: next.parent_session_id,
    at: next.updated_at,
    state: stateColumns(next, 'seed'),
    row: sessionColumns(next),
  }))
  const named = changes.flatMap(({ next, events }) => events.map((event) => ({ ...versionOf(next), event })))
  const webhooks = changes.flatMap(({ next, webhooks }) => webhooks.map((webhook) => ({ ...versionOf(next), webhook })))
  // `c.value` is one change; the seed at the new version says that it happened.
  const happened = sql`
    JOIN session_states AS ss ON ss.session_id = c.value ->> '$.session_id'
      AND ss.owner = 'seed' AND ss.version = c.value ->> '$.version'`
  await db.batch(
    [
      ...jsonChunks(seeds).flatMap((chunk) => [
        sql`UPDATE session_states AS ss
            SET version = c.value ->> '$.state.version', status = c.value ->> '$.state.status',
                next_sequence = c.value ->> '$.state.next_sequence', state = c.value ->> '$.state.state'
            FROM json_each(${chunk}) AS c
            WHERE ss.session_id = c.value ->> '$.state.session_id' AND ss.owner = 'seed' AND ss.version = c.value ->> '$.from_version'
              AND NOT EXISTS (SELECT 1 FROM tombstones AS t WHERE t.session_id = ss.session_id)`,
        sql`UPDATE sessions AS s
            SET version = c.value ->> '$.row.version', status = c.value ->> '$.row.status',
                updated_at = c.value ->> '$.row.updated_at', ${SPANS_OF_CHANGE}, row = c.value ->> '$.row.row',
                retention_from = c.value ->> '$.row.retention_from'
            FROM json_each(${chunk}) AS c
            WHERE s.tenant_id = c.value ->> '$.row.tenant_id' AND s.mode = c.value ->> '$.row.mode'
              AND s.session_id = c.value ->> '$.row.session_id' AND s.version = c.value ->> '$.from_version'
              AND EXISTS (SELECT 1 FROM session_states AS ss WHERE ss.session_id = s.session_id AND ss.owner = 'seed'
                          AND ss.version = c.value ->> '$.row.version')`,
        sql`INSERT INTO outbox (tenant_id, mode, session_id, kind, payload, lease_until, attempts, created_at)
            SELECT ss.tenant_id, ss.mode, ss.session_id, 'tell_parent',
                   json_object('parent_session_id', c.value ->> '$.parent_session_id'), 0, 0, c.value ->> '$.at'
            FROM json_each(${chunk}) AS c
            JOIN session_states AS ss ON ss.session_id = c.value ->> '$.state.session_id'
              AND ss.owner = 'seed' AND ss.version = c.value ->> '$.state.version'
            WHERE c.value ->> '$.parent_session_id' IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.session_id = ss.session_id AND o.kind = 'tell_parent')`,
      ]),
      ...jsonChunks(named).map(
        (chunk) => sql`
          INSERT INTO session_events (session_id, sequence, tenant_id, mode, at, type, payload, salt, link)
          SELECT ss.session_id, c.value ->> '$.event.sequence', ss.tenant_id, ss.mode,
                 c.value ->> '$.event.at', c.value ->> '$.event.type', c.value ->> '$.event.payload',
                 c.value ->> '$.event.salt', c.value ->> '$.event.link'
          FROM json_each(${chunk}) AS c ${happened} WHERE TRUE ON CONFLICT DO NOTHING`,
      ),
      ...jsonChunks(webhooks).map(
        (chunk) => sql`
          INSERT INTO webhook_events (event_id, tenant_id, mode, session_id, sequence, type, body, created_at)
          SELECT c.value ->> '$.webhook.event_id', ss.tenant_id, ss.mode, ss.session_id, c.value ->> '$.webhook.sequence',
                 c.value ->> '$.webhook.type', c.value ->> '$.webhook.body', c.value ->> '$.webhook.occurred_at'
          FROM json_each(${chunk}) AS c ${happened} WHERE TRUE ON CONFLICT DO NOTHING`,
      ),
      ...deliveriesOf(
        changes.flatMap((change) => change.webhooks),
        sql`TRUE`,
      ),
    ].map((statement) => prepare(db, statement)),
  )
}

const SPANS_OF_CHANGE = commaSeparated(
  SPAN_BITS.map((bits) => sql.raw(`${spanColumn(bits)} = c.value ->> '$.row.${spanColumn(bits)}'`)),
)

const versionOf = ({ session_id, version }: SessionState) => ({ session_id, version })
