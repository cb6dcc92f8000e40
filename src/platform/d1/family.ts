// Who goes with whom when a session is erased, and who must not: the family of a session as D1 knows it, as common table
// expressions that the reading of it and the batch that buries it share.

import { type SQL, sql } from 'drizzle-orm'
import type { TenantScope } from '../../application/actor.ts'
import type { FamilyMember } from '../../application/ports.ts'
import { inScope, notErased } from './statement.ts'
import { type Row, textOf } from './stored.ts'

/** `below`: the session and its descendants; empty for one that is unknown or deleted. `above`: its ancestors. */
export const familyOf = (scope: TenantScope, sessionId: string): SQL => sql`
  WITH RECURSIVE
    below (session_id) AS (
      SELECT session_id FROM session_states AS ss
      WHERE ss.session_id = ${sessionId} AND ${inScope(sql`ss`, scope)} AND ${notErased(sessionId)}
      UNION
      SELECT s.session_id FROM below JOIN sessions AS s
        ON s.tenant_id = ${scope.tenantId} AND s.mode = ${scope.mode} AND s.parent_session_id = below.session_id),
    above (session_id) AS (
      SELECT s.parent_session_id FROM sessions AS s
      WHERE ${inScope(sql`s`, scope)} AND s.session_id = ${sessionId}
      UNION
      SELECT s.parent_session_id FROM above JOIN sessions AS s
        ON s.tenant_id = ${scope.tenantId} AND s.mode = ${scope.mode} AND s.session_id = above.session_id)`

/** Follows `familyOf`. A hold counts for all below it, and holds all above it. */
export const isFamilyHeld = sql`EXISTS (
  SELECT 1 FROM session_states AS held
  WHERE held.session_id IN (SELECT session_id FROM below UNION ALL SELECT session_id FROM above)
    AND held.state ->> '$.legal_hold' = 1)`

/** Follows `familyOf`: the session and its descendants are those that were seen, and none is newer. */
export const isFamilyAsSeen = (seen: readonly Pick<FamilyMember, 'session_id' | 'version'>[]): SQL => sql`NOT EXISTS (
  SELECT 1 FROM below JOIN session_states AS now ON now.session_id = below.session_id
  LEFT JOIN json_each(${JSON.stringify(seen)}) AS s ON s.value ->> '$.session_id' = now.session_id
  WHERE s.value IS NULL OR now.version > s.value ->> '$.version')`

export const selectFamily = (scope: TenantScope, sessionId: string): SQL => sql`
  ${familyOf(scope, sessionId)}, places (session_id, place) AS (
    SELECT session_id, CASE session_id WHEN ${sessionId} THEN 'self' ELSE 'below' END FROM below
    UNION ALL SELECT session_id, 'above' FROM above WHERE EXISTS (SELECT 1 FROM below))
  SELECT json_object(
    'session_id', ss.session_id, 'version', ss.version, 'status', ss.status, 'updated_at', ss.state -> '$.updated_at',
    'legal_hold', ss.state -> '$.legal_hold', 'metadata', ss.state -> '$.metadata', 'place', places.place) AS member
  FROM places JOIN session_states AS ss ON ss.session_id = places.session_id
  ORDER BY places.place <> 'self', ss.session_id`

export const readFamilyMember = (row: Row): FamilyMember => JSON.parse(textOf(row, 'member'))
