import { type SQL, sql } from 'drizzle-orm'
import type { AccessLine, LinkFacts, SessionDirectory, StoredSession } from '../../application/ports.ts'
import { changeSeed, expireDueSeeds } from './expire-seeds.ts'
import { pageStatements } from './list-page.ts'
import { readSummary, summaryStatement } from './list-summary.ts'
import { allOf, inScope, notErased, prepare } from './statement.ts'
import { readSessionRow, readSnapshot, type Row, selectSnapshot, textOf } from './stored.ts'
import { insertSession } from './write-session.ts'

export function createSessionDirectory(db: D1Database, { newEventId }: { newEventId: () => string }): SessionDirectory {
  return {
    async insertSeed({ state, created, webhooks }) {
      const isCurrent = sql`EXISTS (
        SELECT 1 FROM workflows AS w
        WHERE w.workflow_id = ${state.workflow_id} AND w.tenant_id = ${state.tenant_id} AND w.mode = ${state.mode}
          AND w.current_version = ${state.workflow_version} AND w.status = 'active')`
      const statements = insertSession({ state, events: [created], webhooks }, 'seed', isCurrent)
      const [inserted] = await db.batch(statements.map((statement) => prepare(db, statement)))
      return (inserted?.meta.changes ?? 0) > 0
    },

    read: (scope, sessionId, line) => readWith(db, sessionId, inScope(sql`ss`, scope), insertLine(line)),

    readByLink: (link, line) => readWith(db, link.session_id, linkFits(link), insertLineOfLink(link, line)),

    async list(scope, query, line) {
      const pages = pageStatements(scope, query)
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

    expireSeeds: (now, limit) => expireDueSeeds(db, newEventId, now, limit),

    expireSeed: (state, events, next, webhooks) => changeSeed(db, { before: state, next, events, webhooks }),
  }
}

async function readWith(db: D1Database, sessionId: string, credential: SQL, line: SQL): Promise<StoredSession | null> {
  const readable = allOf([sql`ss.session_id = ${sessionId}`, credential, notErased(sessionId)])
  const [, found] = await db.batch<Row>([prepare(db, line), prepare(db, selectSnapshot(readable))])
  const row = found?.results[0]
  if (row === undefined) return null
  return { ...readSnapshot(row), owner: row['owner'] === 'object' ? 'object' : 'seed' }
}

/** The token names no tenant: the hash of its nonce is the proof (docs/adr/0005). */
const linkFits = (link: LinkFacts): SQL =>
  sql`ss.link_generation = ${link.generation} AND ss.link_nonce_hash = ${link.nonce_hash}`

const LINE_COLUMNS = sql`tenant_id, mode, at, actor_type, actor_id, request_id, operation, session_id`

const insertLine = ({ scope, at, actor, request_id, operation, session_id }: AccessLine): SQL => sql`
  INSERT INTO access_log (${LINE_COLUMNS})
  VALUES (${scope.tenantId}, ${scope.mode}, ${at}, ${actor.type}, ${actor.id}, ${request_id}, ${operation}, ${session_id})`

/** Whose log it goes to is known only by the session that the link opens; a link that opens none leaves no line. */
const insertLineOfLink = (link: LinkFacts, { at, actor, request_id, operation }: Omit<AccessLine, 'scope'>): SQL => sql`
  INSERT INTO access_log (${LINE_COLUMNS})
  SELECT ss.tenant_id, ss.mode, ${at}, ${actor.type}, ${actor.id}, ${request_id}, ${operation}, ss.session_id
  FROM session_states AS ss
  WHERE ss.session_id = ${link.session_id} AND ${linkFits(link)} AND ${notErased(link.session_id)}`
