// What follows in the batch that lays tombstones, for the sessions that `buried` selects: they are told of, and gone from
// every list.

import { type SQL, sql } from 'drizzle-orm'

/** Lists are right from here on; the rest of the rows goes in phase `rows`. */
export const unlist = (buried: SQL): SQL[] => [
  sql`
    DELETE FROM session_tags WHERE (tenant_id, mode, tag, created_key) IN (
      SELECT s.tenant_id, s.mode, tags.value, s.created_key
      FROM tombstones AS t
      JOIN sessions AS s ON s.tenant_id = t.tenant_id AND s.mode = t.mode AND s.session_id = t.session_id,
        json_each(s.row, '$.custom_tags') AS tags
      WHERE t.session_id IN (${buried}))`,
  sql`
    DELETE FROM sessions WHERE (tenant_id, mode, session_id) IN (
      SELECT t.tenant_id, t.mode, t.session_id FROM tombstones AS t WHERE t.session_id IN (${buried}))`,
]

/** `.deleted` of every session that is buried, as domain/webhook/payload.ts has it: here it is numbered in the batch. */
export const insertDeletedEvents = (buried: SQL, at: number, eventIds: readonly string[]) => sql`
  INSERT INTO webhook_events (event_id, tenant_id, mode, session_id, sequence, type, body, created_at)
  SELECT id.value, b.tenant_id, b.mode, b.session_id, b.next_sequence, 'kyc.session.deleted',
    json_object(
      'id', id.value, 'type', 'kyc.session.deleted', 'created', CAST(${Math.floor(at / 1000)} AS INTEGER),
      'data', json_object(
        'session_id', b.session_id, 'workflow_id', b.workflow_id, 'parent_session_id', b.state ->> '$.parent_session_id',
        'custom_tags', json(b.state -> '$.custom_tags'), 'client_id', b.state ->> '$.client_id',
        'sequence', b.next_sequence, 'occurred_at', strftime('%Y-%m-%dT%H:%M:%fZ', ${at} / 1000.0, 'unixepoch'))),
    ${at}
  FROM (SELECT ss.*, row_number() OVER (ORDER BY ss.session_id) AS place
        FROM session_states AS ss WHERE ss.session_id IN (${buried})) AS b
  JOIN json_each(${JSON.stringify(eventIds)}) AS id ON id.key = b.place - 1
  WHERE TRUE
  ON CONFLICT DO NOTHING`
