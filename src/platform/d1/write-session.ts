// The statements that write a session into D1. Each takes a condition that it hangs on, so that a batch of them takes
// place as a whole or not at all: the workflow is current, the parent lives, no tombstone is there.

import { type SQL, sql } from 'drizzle-orm'
import type { ChainedEvent } from '../../domain/audit/chain.ts'
import type { SessionState } from '../../domain/session/state.ts'
import type { WebhookEvent } from '../../domain/webhook/events.ts'
import {
  fixedColumns,
  movingColumns,
  seldomColumns,
  sessionColumns,
  spanColumns,
  stateColumns,
  type SqlValue,
} from './session-columns.ts'
import { allOf, commaSeparated, jsonChunks } from './statement.ts'
import { deliveriesOf } from './write-deliveries.ts'

/** A new session, all of it, unless it is there already. The state comes last but one: see `insertEvents`. */
export function insertSession(
  {
    state,
    events,
    webhooks,
  }: { state: SessionState; events: readonly ChainedEvent[]; webhooks: readonly WebhookEvent[] },
  owner: 'seed' | 'object',
  condition: SQL,
): SQL[] {
  return [
    insert('session_states', stateColumns(state, owner), condition, sql`session_id`),
    insert('sessions', sessionColumns(state), condition, sql`tenant_id, mode, session_id`),
    ...insertTags(state, condition),
    ...insertEvents(state, events, condition),
    ...insertWebhooks(state, webhooks, condition),
    ...deliveriesOf(webhooks, condition),
  ]
}

/** Brings the copy up to a newer state of its object. What D1 never had (it was restored to an earlier day) is put in. */
export function updateSession(state: SessionState, condition: SQL): SQL[] {
  const { tenant_id, mode, session_id, version } = state
  const older = sql`tenant_id = ${tenant_id} AND mode = ${mode} AND session_id = ${session_id} AND version < ${version}`
  const update = (columns: Record<string, SqlValue>, extra: SQL[]): SQL =>
    sql`UPDATE sessions SET ${assignments(columns)} WHERE ${allOf([older, condition, ...extra])}`
  const { session_id: _, ...stateChanges } = stateColumns(state, 'object')
  return [
    sql`${insert('session_states', stateColumns(state, 'object'), condition, null)}
      ON CONFLICT (session_id) DO UPDATE SET ${takeExcluded(Object.keys(stateChanges))}
      WHERE excluded.version > session_states.version
        AND excluded.tenant_id = session_states.tenant_id AND excluded.mode = session_states.mode`,
    insert('sessions', sessionColumns(state), condition, sql`tenant_id, mode, session_id`),
    ...insertTags(state, condition),
    ...seldomColumns(state).map((columns) => update(columns, [anyDiffers(columns)])),
    ...moves(state).map(({ columns, extra }) => update(columns, extra)),
  ]
}

/** One of these takes place: it sets the version, and those after it find none older. The first has the most to rewrite. */
function moves(state: SessionState): { columns: Record<string, SqlValue>; extra: SQL[] }[] {
  const moving = movingColumns(state)
  const spans = spanColumns(state)
  const withSpans = spans.map((largest, place) => ({
    columns: Object.assign({}, moving, ...spans.slice(0, place + 1)),
    extra: [anyDiffers(largest)],
  }))
  return [...withSpans.toReversed(), { columns: moving, extra: [] }]
}

/** The payload travels as a string in the JSON, so that the text arrives as it was hashed. */
export const insertEvents = (state: SessionState, events: readonly ChainedEvent[], condition: SQL): SQL[] =>
  jsonChunks(events).map(
    (chunk) => sql`
      INSERT INTO session_events (session_id, sequence, tenant_id, mode, at, type, payload, salt, link)
      SELECT ${state.session_id}, value ->> '$.sequence', ${state.tenant_id}, ${state.mode},
             value ->> '$.at', value ->> '$.type', value ->> '$.payload', value ->> '$.salt', value ->> '$.link'
      FROM json_each(${chunk}) WHERE ${condition}
      ON CONFLICT (session_id, sequence) DO NOTHING`,
  )

/** Events whose text had to forget a person: each takes the place of the one with its link, and of no other. */
export const replaceForgotten = (state: SessionState, events: readonly ChainedEvent[], condition: SQL): SQL[] =>
  jsonChunks(events).map(
    (chunk) => sql`
      UPDATE session_events AS e SET payload = f.value ->> '$.payload', salt = f.value ->> '$.salt'
      FROM json_each(${chunk}) AS f
      WHERE e.session_id = ${state.session_id} AND e.sequence = f.value ->> '$.sequence'
        AND e.link IS f.value ->> '$.link' AND ${condition}`,
  )

export const insertWebhooks = (state: SessionState, webhooks: readonly WebhookEvent[], condition: SQL): SQL[] =>
  jsonChunks(webhooks).map(
    (chunk) => sql`
      INSERT INTO webhook_events (event_id, tenant_id, mode, session_id, sequence, type, body, created_at)
      SELECT value ->> '$.event_id', ${state.tenant_id}, ${state.mode}, ${state.session_id},
             value ->> '$.sequence', value ->> '$.type', value ->> '$.body', value ->> '$.occurred_at'
      FROM json_each(${chunk}) WHERE ${condition}
      ON CONFLICT DO NOTHING`,
  )

function insertTags(state: SessionState, condition: SQL): SQL[] {
  if (state.custom_tags.length === 0) return []
  const { tenant_id, mode, session_id, created_key } = fixedColumns(state)
  return [
    sql`
      INSERT INTO session_tags (tenant_id, mode, tag, created_key, session)
      SELECT DISTINCT ${tenant_id}, ${mode}, tags.value, ${created_key}, s.id
      FROM json_each(${JSON.stringify(state.custom_tags)}) AS tags, sessions AS s
      WHERE s.tenant_id = ${tenant_id} AND s.mode = ${mode} AND s.session_id = ${session_id} AND ${condition}
      ON CONFLICT DO NOTHING`,
  ]
}

/** With `key`, a row that is there stays as it is. */
function insert(table: string, columns: Record<string, SqlValue>, condition: SQL, key: SQL | null): SQL {
  const names = Object.keys(columns).map((name) => sql.identifier(name))
  const values = Object.values(columns).map((value) => sql`${value}`)
  const statement = sql`
    INSERT INTO ${sql.identifier(table)} (${sql.join(names, sql`, `)})
    SELECT ${commaSeparated(values)} WHERE ${condition}`
  return key === null ? statement : sql`${statement} ON CONFLICT (${key}) DO NOTHING`
}

const assignments = (columns: Record<string, SqlValue>): SQL =>
  commaSeparated(Object.entries(columns).map(([name, value]) => sql`${sql.identifier(name)} = ${value}`))

const anyDiffers = (columns: Record<string, SqlValue>): SQL =>
  sql`(${sql.join(
    Object.entries(columns).map(([name, value]) => sql`${sql.identifier(name)} IS NOT ${value}`),
    sql` OR `,
  )})`

const takeExcluded = (names: readonly string[]): SQL =>
  commaSeparated(names.map((name) => sql`${sql.identifier(name)} = excluded.${sql.identifier(name)}`))
