// The table `cleared_hits`: what reviewers said of hits, found by who the hit is about. A session's rows are its marks as
// they stand; each change of them writes all anew, so that a row is never older than its session.

import { type SQL, sql } from 'drizzle-orm'
import type { ClearedHits } from '../../application/ports.ts'
import type { ChainedEvent } from '../../domain/audit/chain.ts'
import type { FoundWord } from '../../domain/screening/clearing.ts'
import { identitiesToKeep } from '../../domain/screening/person-identity.ts'
import type { SessionEventType } from '../../domain/session/events.ts'
import type { SessionState } from '../../domain/session/state.ts'
import type { PersonKeys } from '../crypto/person-keys.ts'
import { inScope, prepare } from './statement.ts'
import { numberOf, type Row, textOf } from './stored.ts'

export function createClearedHits(db: D1Database, { personKeys }: { personKeys: PersonKeys }): ClearedHits {
  return {
    async find(scope, asked) {
      const places = asked.flatMap(({ hit_id, list, reference, identities }) =>
        identities
          .flatMap((identity) => personKeys.keysOf(scope, identity))
          .map((person_key) => ({ hit_id, list, reference, person_key })),
      )
      if (places.length === 0) return []
      const { results } = await prepare(
        db,
        sql`SELECT DISTINCT p.value ->> '$.hit_id' AS hit_id, c.entry_hash, c.had_identifier, c.verdict, c.session_id, c.at
            FROM json_each(${JSON.stringify(places)}) AS p CROSS JOIN cleared_hits AS c
              ON ${inScope(sql`c`, scope)} AND c.person_key = p.value ->> '$.person_key'
                AND c.list = p.value ->> '$.list' AND c.reference = p.value ->> '$.reference'
            WHERE NOT EXISTS (SELECT 1 FROM tombstones AS t WHERE t.session_id = c.session_id)`,
      ).all<Row>()
      return results.map(readWord)
    },
  }
}

const readWord = (row: Row): FoundWord => ({
  hit_id: textOf(row, 'hit_id'),
  entry_hash: textOf(row, 'entry_hash'),
  had_identifier: numberOf(row, 'had_identifier') === 1,
  verdict: textOf(row, 'verdict') === 'cleared' ? 'cleared' : 'open',
  session_id: textOf(row, 'session_id'),
  at: numberOf(row, 'at'),
})

/** `details_updated`: the client id is a part of who the person is. */
const CHANGES: readonly SessionEventType[] = ['hit_whitelisted', 'hit_reopened', 'details_updated']

/** Nothing for a change that leaves the session's words as they were. */
export function writeClearedHits(
  state: SessionState,
  events: readonly Pick<ChainedEvent, 'type'>[],
  condition: SQL,
  { keyOf }: PersonKeys,
): SQL[] {
  const { tenant_id, mode, session_id, client_id, hit_marks = [] } = state
  if (hit_marks.length === 0 || !events.some((event) => CHANGES.some((type) => type === event.type))) return []
  const scope = { tenantId: tenant_id, mode }
  const rows = hit_marks.flatMap((mark) =>
    identitiesToKeep({ client_id, name: mark.subject_name, date_of_birth: mark.subject_date_of_birth }).map(
      (identity) => ({
        person_key: keyOf(scope, identity),
        list: mark.list,
        reference: mark.reference,
        entry_hash: mark.entry_hash,
        had_identifier: mark.had_identifier,
        verdict: mark.verdict,
        at: mark.at,
      }),
    ),
  )
  return [
    sql`DELETE FROM cleared_hits AS c WHERE ${inScope(sql`c`, scope)} AND c.session_id = ${session_id} AND ${condition}`,
    sql`INSERT INTO cleared_hits (tenant_id, mode, person_key, list, reference, session_id, entry_hash, had_identifier, verdict, at)
        SELECT ${tenant_id}, ${mode}, value ->> '$.person_key', value ->> '$.list', value ->> '$.reference', ${session_id},
               value ->> '$.entry_hash', value ->> '$.had_identifier', value ->> '$.verdict', value ->> '$.at'
        FROM json_each(${JSON.stringify(rows)}) WHERE ${condition}
        ON CONFLICT DO NOTHING`,
  ]
}
