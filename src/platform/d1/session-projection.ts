import { type SQL, sql } from 'drizzle-orm'
import type { Grant, KeptBy, SessionSnapshot } from '../../application/ports.ts'
import type { ChainedEvent } from '../../domain/audit/chain.ts'
import type { SessionState } from '../../domain/session/state.ts'
import type { WebhookEvent } from '../../domain/webhook/events.ts'
import type { PersonKeys } from '../crypto/person-keys.ts'
import { writeClearedHits } from './cleared-hits.ts'
import { keepHead } from './erasures.ts'
import { keepCall } from './kept-calls.ts'
import { heldVersion, selectHeld } from './session-copies.ts'
import { allOf, inScope, notErased, prepare } from './statement.ts'
import { EVENT_COLUMNS, readEvent, readSnapshot, type Row, selectSnapshot } from './stored.ts'
import { deliveriesOf, owesDeliveries } from './write-deliveries.ts'
import { insertEvents, insertSession, insertWebhooks, replaceForgotten, updateSession } from './write-session.ts'

export type ClaimedSession = SessionSnapshot & { events: ChainedEvent[] }
export type SessionChange = {
  state: SessionState
  events: readonly ChainedEvent[]
  /** Older events whose text has changed since: these forgot a person. */
  forgotten?: readonly ChainedEvent[]
  webhooks: readonly WebhookEvent[]
  /** Keyed calls that made these events: a later use of their keys elsewhere in D1 finds them. */
  calls?: readonly (KeptBy & { version: number })[]
}

/** The session object's side of D1. `…_owing`: there are webhooks of the session to deliver. */
export type SessionRows = {
  /** Takes the session over, or gives it again after a claim whose commit never came. Null when the grant does not fit. */
  claim(sessionId: string, grant: Grant): Promise<ClaimedSession | null>
  /** Writes what D1 does not have yet. `erased`: there is a tombstone, and nothing was written. */
  project(change: SessionChange): Promise<'projected' | 'projected_owing' | 'erased'>
  /** Safe to repeat. `refused` when the parent or the child is deleted. */
  insertChildSeed(seed: SessionChange): Promise<'inserted' | 'inserted_owing' | 'refused'>
  isErased(sessionId: string): Promise<boolean>
  /** The version that state, row and trail all have; 0 when one of them is not there. */
  heldVersion(sessionId: string): Promise<number>
}

export function createSessionRows(db: D1Database, { personKeys }: { personKeys: PersonKeys }): SessionRows {
  return {
    async claim(sessionId, grant) {
      if (grant.by === 'link' && grant.link.session_id !== sessionId) return null
      const claimable = allOf([sql`ss.session_id = ${sessionId}`, credentialFits(grant), notErased(sessionId)])
      const [, found, events] = await db.batch<Row>([
        prepare(db, sql`UPDATE session_states AS ss SET owner = 'object' WHERE ${claimable}`),
        prepare(db, selectSnapshot(claimable)),
        prepare(
          db,
          sql`SELECT ${EVENT_COLUMNS} FROM session_events
              WHERE session_id = ${sessionId} AND EXISTS (SELECT 1 FROM session_states AS ss WHERE ${claimable})
              ORDER BY sequence`,
        ),
      ])
      const row = found?.results[0]
      if (row === undefined) return null
      return {
        ...readSnapshot(row),
        events: (events?.results ?? []).map(readEvent),
      }
    },

    async project({ state, events, forgotten = [], webhooks, calls = [] }) {
      const scope = { tenantId: state.tenant_id, mode: state.mode }
      const lives = notErased(state.session_id)
      const answers = await db.batch<Row>(
        [
          sql`SELECT NOT (${lives}) AS erased`,
          ...updateSession(state, lives),
          ...insertEvents(state, events, lives),
          ...replaceForgotten(state, forgotten, lives),
          ...insertWebhooks(state, webhooks, lives),
          ...deliveriesOf(webhooks, lives),
          ...writeClearedHits(state, events, lives, personKeys),
          ...calls.map(({ version, ...by }) =>
            keepCall(scope, by, { subject: { id: state.session_id, version }, error: null }, lives),
          ),
          ...(webhooks.length === 0 ? [] : [owesDeliveries(state.session_id)]),
        ].map((statement) => prepare(db, statement)),
      )
      if (answers[0]?.results[0]?.['erased'] !== 1) {
        return answers.at(-1)?.results[0]?.['owes'] === 1 ? 'projected_owing' : 'projected'
      }
      const last = events.at(-1)
      if (last !== undefined) await prepare(db, keepHead(state, { length: last.sequence, link: last.link })).run()
      return 'erased'
    },

    async insertChildSeed(seed) {
      const { session_id, parent_session_id } = seed.state
      if (parent_session_id === null) throw new Error('insertChildSeed: the session has no parent')
      const lives = allOf([notErased(parent_session_id), notErased(session_id)])
      const answers = await db.batch<Row>(
        [
          sql`SELECT (${lives}) AS lives`,
          ...insertSession(seed, 'seed', lives),
          ...(seed.webhooks.length === 0 ? [] : [owesDeliveries(session_id)]),
        ].map((statement) => prepare(db, statement)),
      )
      if (answers[0]?.results[0]?.['lives'] !== 1) return 'refused'
      return answers.at(-1)?.results[0]?.['owes'] === 1 ? 'inserted_owing' : 'inserted'
    },

    async isErased(sessionId) {
      const row = await prepare(db, sql`SELECT NOT (${notErased(sessionId)}) AS erased`).first<{ erased: number }>()
      return row?.erased === 1
    },

    async heldVersion(sessionId) {
      const row = await prepare(db, selectHeld(sql`ss.session_id = ${sessionId}`)).first<Row>()
      return row === null ? 0 : heldVersion(row)
    },
  }
}

function credentialFits(grant: Grant): SQL {
  switch (grant.by) {
    case 'tenant':
      return inScope(sql`ss`, grant.scope)
    case 'link':
      return sql`ss.link_generation = ${grant.link.generation} AND ss.link_nonce_hash = ${grant.link.nonce_hash}`
    case 'system':
      return sql`TRUE`
  }
}
