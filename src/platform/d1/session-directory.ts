import { type SQL, sql } from 'drizzle-orm'
import type { TenantScope } from '../../application/actor.ts'
import type {
  AccessLine,
  KeptBy,
  KeptOutcome,
  LinkFacts,
  SeedInsert,
  SessionDirectory,
  SessionSnapshot,
  StoredSession,
} from '../../application/ports.ts'
import { chainEvents } from '../../domain/audit/chain.ts'
import type { SessionState } from '../../domain/session/state.ts'
import { insertLine, LINE_COLUMNS } from './access-log.ts'
import { changeSeed, expireDueSeeds } from './expire-seeds.ts'
import { isKept, isOwnCall, keepCall, readKept, selectKept } from './kept-calls.ts'
import { pageStatements } from './list-page.ts'
import { readSummary, summaryStatement } from './list-summary.ts'
import { allOf, inScope, notErased, prepare } from './statement.ts'
import {
  AUDIT_HEAD,
  EVENT_COLUMNS,
  numberOf,
  readEvent,
  readSessionRow,
  readSnapshot,
  type Row,
  selectSnapshot,
  textOf,
  textOrNull,
} from './stored.ts'
import { owesDeliveries } from './write-deliveries.ts'
import { insertSession } from './write-session.ts'

type DirectoryInput = { newEventId: () => string; newSalt: () => Uint8Array }

export function createSessionDirectory(db: D1Database, { newEventId, newSalt }: DirectoryInput): SessionDirectory {
  const seedOf = ({ state, created, webhooks }: SeedInsert) => {
    return { state, events: chainEvents({ sessionId: state.session_id, head: null }, [created], newSalt), webhooks }
  }
  return {
    async insertSeed(seed) {
      const { state } = seed
      const statements = [...insertSession(seedOf(seed), 'seed', isCurrent(state)), owesDeliveries(state.session_id)]
      const answers = await db.batch<Row>(statements.map((statement) => prepare(db, statement)))
      return (answers[0]?.meta.changes ?? 0) === 0 ? 'not_current' : insertedAs(answers.at(-1)?.results[0])
    },

    async insertKeyedSeed(seed, by) {
      const { state } = seed
      const scope = { tenantId: state.tenant_id, mode: state.mode }
      const subject = { id: state.session_id, version: state.version }
      const own = isOwnCall(scope, by)
      const statements = [
        keepCall(scope, by, { subject, error: null }, isCurrent(state)),
        ...insertSession(seedOf(seed), 'seed', own),
        owesDeliveries(state.session_id),
        ...keptSeedStatements(scope, by),
      ]
      const answers = await db.batch<Row>(statements.map((statement) => prepare(db, statement)))
      const kept = answers.at(-2)?.results[0]
      if (kept === undefined) return 'not_current'
      if (kept['call_id'] === by.call_id) return insertedAs(answers.at(-3)?.results[0])
      return readKeptSeed(kept, answers.at(-1)?.results[0])
    },

    async keptSeed(scope, by) {
      const answers = await db.batch<Row>(keptSeedStatements(scope, by).map((statement) => prepare(db, statement)))
      const kept = answers[0]?.results[0]
      return kept === undefined ? null : readKeptSeed(kept, answers[1]?.results[0])
    },

    read: (scope, sessionId, line) => readWith(db, sessionId, inScope(sql`ss`, scope), insertLine(line)),

    readByLink: (link, line) =>
      readWith(db, link.session_id, linkFits(link), line === null ? null : insertLineOfLink(link, line)),

    async list(scope, query, line) {
      const pages = pageStatements(scope, query, line.at)
      const summary = query.includeSummary ? summaryStatement(scope, query.filter) : null
      const statements = [insertLine(line), ...pages, ...(summary === null ? [] : [summary])]
      const [, ...answers] = await db.batch<Row>(statements.map((statement) => prepare(db, statement)))
      const rows = answers.slice(0, pages.length).flatMap(({ results }) => results)
      return {
        rows: rows.slice(0, query.limit).map((row) => readSessionRow(textOf(row, 'row'))),
        summary: query.includeSummary ? readSummary(answers[pages.length]?.results[0]) : null,
      }
    },

    async recordAccess(line) {
      await prepare(db, insertLine(line)).run()
    },

    async readEvents(scope, sessionId, { after, limit }, line) {
      const readable = allOf([sql`ss.session_id = ${sessionId}`, inScope(sql`ss`, scope), notErased(sessionId)])
      const [, found, events] = await db.batch<Row>(
        [
          insertLine(line),
          sql`SELECT ss.owner, ss.version, ${AUDIT_HEAD} AS audit_head FROM session_states AS ss WHERE ${readable}`,
          sql`SELECT ${EVENT_COLUMNS} FROM session_events
              WHERE session_id = ${sessionId} AND sequence > ${after}
                AND EXISTS (SELECT 1 FROM session_states AS ss WHERE ${readable})
              ORDER BY sequence LIMIT ${limit}`,
        ].map((statement) => prepare(db, statement)),
      )
      const row = found?.results[0]
      if (row === undefined) return null
      return {
        owner: row['owner'] === 'object' ? 'object' : 'seed',
        events: (events?.results ?? []).map(readEvent),
        head: { length: numberOf(row, 'version'), link: textOrNull(row, 'audit_head') },
      }
    },

    expireSeeds: (now, limit) => expireDueSeeds(db, { newEventId, newSalt }, now, limit),

    expireSeed: ({ state, auditHead }, events, next, webhooks) =>
      changeSeed(db, {
        before: state,
        next,
        events: chainEvents({ sessionId: state.session_id, head: auditHead }, events, newSalt),
        webhooks,
      }),
  }
}

const insertedAs = (row: Row | undefined): 'inserted' | 'inserted_owing' =>
  row?.['owes'] === 1 ? 'inserted_owing' : 'inserted'

const isCurrent = (state: SessionState): SQL => sql`EXISTS (
  SELECT 1 FROM workflows AS w
  WHERE w.workflow_id = ${state.workflow_id} AND w.tenant_id = ${state.tenant_id} AND w.mode = ${state.mode}
    AND w.current_version = ${state.workflow_version} AND w.status = 'active')`

/** The row of the call, and the session as it was made: its first event holds that. */
const keptSeedStatements = (scope: TenantScope, by: KeptBy): SQL[] => [
  selectKept(scope, by),
  sql`
    SELECT e.payload -> '$.event.initial' AS state, wv.definition, t.tenant_id, t.name, t.settings, t.created_at
    FROM idempotency_keys AS k
    JOIN session_states AS ss ON ss.session_id = k.subject_id AND ss.tenant_id = k.tenant_id AND ss.mode = k.mode
    JOIN session_events AS e ON e.session_id = ss.session_id AND e.sequence = 1
    JOIN workflow_versions AS wv ON wv.workflow_id = ss.workflow_id AND wv.version = ss.workflow_version
    JOIN tenants AS t ON t.tenant_id = ss.tenant_id
    WHERE ${isKept(scope, by)}
      AND NOT EXISTS (SELECT 1 FROM tombstones AS gone WHERE gone.session_id = k.subject_id)`,
]

const readKeptSeed = (kept: Row, made: Row | undefined): KeptOutcome<SessionSnapshot> =>
  readKept(kept, made === undefined ? null : readSnapshot(made))

async function readWith(
  db: D1Database,
  sessionId: string,
  credential: SQL,
  line: SQL | null,
): Promise<StoredSession | null> {
  const readable = allOf([sql`ss.session_id = ${sessionId}`, credential, notErased(sessionId)])
  const statements = [...(line === null ? [] : [line]), selectSnapshot(readable)]
  const answers = await db.batch<Row>(statements.map((statement) => prepare(db, statement)))
  const row = answers.at(-1)?.results[0]
  if (row === undefined) return null
  const owner = row['owner'] === 'object' ? 'object' : 'seed'
  return { ...readSnapshot(row), owner, auditHead: textOrNull(row, 'audit_head') }
}

/** The token names no tenant: the hash of its nonce is the proof (docs/adr/0005). */
const linkFits = (link: LinkFacts): SQL =>
  sql`ss.link_generation = ${link.generation} AND ss.link_nonce_hash = ${link.nonce_hash}`

/** Whose log it goes to is known only by the session that the link opens; a link that opens none leaves no line. */
const insertLineOfLink = (link: LinkFacts, { at, actor, request_id, operation }: Omit<AccessLine, 'scope'>): SQL => sql`
  INSERT INTO access_log (${LINE_COLUMNS})
  SELECT ss.tenant_id, ss.mode, ${at}, ${actor.type}, ${actor.id}, ${request_id}, ${operation}, ss.session_id
  FROM session_states AS ss
  WHERE ss.session_id = ${link.session_id} AND ${linkFits(link)} AND ${notErased(link.session_id)}`
