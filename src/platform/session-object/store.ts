import type { SessionSnapshot, Tenant } from '../../application/ports.ts'
import type { AttemptCount } from '../../domain/access/link-attempts.ts'
import { type ChainedEvent, eventOf, withText } from '../../domain/audit/chain.ts'
import type { DomainError } from '../../domain/errors.ts'
import { removedSubsessions, withoutSubsession } from '../../domain/session/forget-subsession.ts'
import type { SessionState } from '../../domain/session/state.ts'
import type { WebhookEvent } from '../../domain/webhook/events.ts'
import type { WorkflowDefinition } from '../../domain/workflow/definition.ts'
import type { EpochMs } from '../../domain/time.ts'
import { joinLargeResults, splitLargeResults } from './large-results.ts'
import { hasTables, migrate } from './migrations.ts'
import type { OutboxEntry } from './outbox.ts'

export type LoadedSession = {
  state: SessionState
  workflow: WorkflowDefinition
  tenant: Tenant
  /** Ids of the last commands, so that one sent again after a lost answer is known. */
  recentCommands: string[]
  projectedVersion: number
  /** Last link of the trail; null before its chain began. */
  auditHead: string | null
}

/** A command under an Idempotency-Key: the version that it led to, or its refusal. */
export type KeptCommand = {
  key_hash: string
  fingerprint: string
  call_id: string
  version: number
  sealed: string | null
  error: DomainError | null
  at: EpochMs
}
type KeptColumns = Omit<KeptCommand, 'error'> & { error: string | null }
const readKept = (row: KeptColumns): KeptCommand => ({
  ...row,
  error: row.error === null ? null : JSON.parse(row.error),
})

const RECENT_COMMANDS_KEPT = 32

/** The tables of one session object. Synchronous throughout; writers call it inside `transactionSync`. */
export class SessionStore {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** Null when nothing was ever written here. */
  load(): LoadedSession | null {
    if (!hasTables(this.#sql)) return null
    migrate(this.#sql)
    const row = this.#sql
      .exec<{ state: string; workflow: string; tenant: string; recent_commands: string; projected_version: number }>(
        'SELECT state, workflow, tenant, recent_commands, projected_version FROM session',
      )
      .toArray()[0]
    if (row === undefined) return null
    return {
      state: joinLargeResults(row.state, (key) => this.#result(key)),
      workflow: JSON.parse(row.workflow),
      tenant: JSON.parse(row.tenant),
      recentCommands: JSON.parse(row.recent_commands),
      projectedVersion: row.projected_version,
      auditHead: this.#lastLink(),
    }
  }

  /** Makes the tables and takes over what D1 held. */
  hydrate(session: SessionSnapshot, events: ChainedEvent[]): LoadedSession {
    migrate(this.#sql)
    const { json, results } = splitLargeResults(session.state)
    this.#sql.exec(
      'INSERT INTO session VALUES (1, ?, ?, ?, ?, ?)',
      json,
      JSON.stringify(session.workflow),
      JSON.stringify(session.tenant),
      '[]',
      session.state.version,
    )
    this.#writeResults(results)
    this.#appendEvents(events)
    const auditHead = events.at(-1)?.link ?? null
    return { ...session, recentCommands: [], projectedVersion: session.state.version, auditHead }
  }

  /** One commit: state, its events and the webhooks they make. */
  commit(
    before: LoadedSession,
    change: { state: SessionState; events: ChainedEvent[]; webhooks: WebhookEvent[]; commandId: string },
  ): LoadedSession {
    const recentCommands = [...before.recentCommands, change.commandId].slice(-RECENT_COMMANDS_KEPT)
    const { json, results } = splitLargeResults(change.state)
    this.#sql.exec('UPDATE session SET state = ?, recent_commands = ?', json, JSON.stringify(recentCommands))
    this.#writeResults(results)
    this.#appendEvents(change.events)
    for (const id of removedSubsessions(change.events.map(eventOf))) this.#forgetSubsession(id)
    for (const webhook of change.webhooks) {
      this.#sql.exec('INSERT INTO webhooks VALUES (?, ?)', webhook.sequence, JSON.stringify(webhook))
    }
    return { ...before, state: change.state, recentCommands, auditHead: change.events.at(-1)?.link ?? before.auditHead }
  }

  events(after: number, limit: number): ChainedEvent[] {
    return this.#readEvents('sequence > ? ORDER BY sequence LIMIT ?', after, limit)
  }

  /** What the trail says of these subsessions. */
  eventsAbout(subsessionIds: readonly string[]): ChainedEvent[] {
    const ids = JSON.stringify(subsessionIds)
    const about = `recorded ->> '$.event.subsession.session_id'`
    return this.#readEvents(`${about} IN (SELECT value FROM json_each(?)) ORDER BY sequence`, ids)
  }

  keptCall(keyHash: string, keptSince: EpochMs): KeptCommand | null {
    const row = this.#sql
      .exec<KeptColumns>('SELECT * FROM idempotency WHERE key_hash = ? AND at > ?', keyHash, keptSince)
      .toArray()[0]
    return row === undefined ? null : readKept(row)
  }

  /** Forgets what is too old to count on the way. */
  keepCall(call: KeptCommand, keptSince: EpochMs): void {
    this.#sql.exec('DELETE FROM idempotency WHERE at <= ?', keptSince)
    this.#sql.exec(
      'INSERT OR REPLACE INTO idempotency VALUES (?, ?, ?, ?, ?, ?, ?)',
      call.key_hash,
      call.fingerprint,
      call.call_id,
      call.version,
      call.sealed,
      call.error === null ? null : JSON.stringify(call.error),
      call.at,
    )
  }

  /** Those that made versions after `version`. */
  callsAfter(version: number): KeptCommand[] {
    return this.#sql
      .exec<KeptColumns>('SELECT * FROM idempotency WHERE version > ? AND error IS NULL', version)
      .toArray()
      .map(readKept)
  }

  attempts(): AttemptCount[] {
    return this.#sql.exec<AttemptCount>('SELECT * FROM link_attempts').toArray()
  }

  keepAttempts(count: AttemptCount): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO link_attempts VALUES (?, ?, ?, ?, ?, ?)',
      count.kind,
      count.generation,
      count.minute_started_at,
      count.in_minute,
      count.day_started_at,
      count.in_day,
    )
  }

  webhooks(): WebhookEvent[] {
    return this.#sql
      .exec<{ webhook: string }>('SELECT webhook FROM webhooks ORDER BY sequence')
      .toArray()
      .map((row): WebhookEvent => JSON.parse(row.webhook))
  }

  /** D1 holds everything up to here. */
  markProjected(version: number, lastWebhook: number): void {
    this.#sql.exec('UPDATE session SET projected_version = ?', version)
    this.#sql.exec('DELETE FROM webhooks WHERE sequence <= ?', lastWebhook)
  }

  outbox(): OutboxEntry[] {
    return this.#sql.exec<OutboxEntry>('SELECT * FROM outbox ORDER BY due_at, entry_key').toArray()
  }

  /** A newer debt of the same key takes the place of the older one. */
  owe(entry: Pick<OutboxEntry, 'entry_key' | 'kind' | 'payload' | 'due_at'>): void {
    this.#sql.exec(
      `INSERT INTO outbox VALUES (?, ?, ?, 0, ?)
       ON CONFLICT (entry_key) DO UPDATE SET payload = excluded.payload, attempts = 0, due_at = excluded.due_at`,
      entry.entry_key,
      entry.kind,
      entry.payload,
      entry.due_at,
    )
  }

  /** Touches the debt as it was when work began; one that was renewed meanwhile stays due. */
  postpone(entry: OutboxEntry, dueAt: EpochMs): void {
    this.#sql.exec(
      'UPDATE outbox SET attempts = ?, due_at = ? WHERE entry_key = ? AND payload = ?',
      entry.attempts + 1,
      dueAt,
      entry.entry_key,
      entry.payload,
    )
  }

  /** As `postpone`: only the debt that was paid. */
  settle(entry: Pick<OutboxEntry, 'entry_key' | 'payload'>): void {
    this.#sql.exec('DELETE FROM outbox WHERE entry_key = ? AND payload = ?', entry.entry_key, entry.payload)
  }

  #result(key: string): string | null {
    const row = this.#sql.exec<{ result: string }>('SELECT result FROM results WHERE result_key = ?', key).toArray()[0]
    return row?.result ?? null
  }

  #writeResults(results: Map<string, string>): void {
    this.#sql.exec(
      `DELETE FROM results WHERE result_key NOT IN (SELECT value FROM json_each(?))`,
      JSON.stringify([...results.keys()]),
    )
    for (const [key, result] of results) this.#sql.exec('INSERT OR REPLACE INTO results VALUES (?, ?)', key, result)
  }

  #readEvents(condition: string, ...values: (string | number)[]): ChainedEvent[] {
    type Columns = Pick<ChainedEvent, 'sequence' | 'payload' | 'salt' | 'link'>
    return this.#sql
      .exec<Columns>(`SELECT sequence, recorded AS payload, salt, link FROM events WHERE ${condition}`, ...values)
      .toArray()
      .map((row) => {
        const { at, event } = eventOf(row)
        return { ...row, at, type: event.type }
      })
  }

  #lastLink(): string | null {
    const row = this.#sql
      .exec<{ link: string | null }>('SELECT link FROM events ORDER BY sequence DESC LIMIT 1')
      .toArray()[0]
    return row?.link ?? null
  }

  #forgetSubsession(sessionId: string): void {
    for (const event of this.eventsAbout([sessionId])) {
      const recorded = withoutSubsession(eventOf(event), sessionId)
      if (recorded === null) continue
      const { payload, salt, sequence } = withText(event, JSON.stringify(recorded))
      this.#sql.exec('UPDATE events SET recorded = ?, salt = ? WHERE sequence = ?', payload, salt, sequence)
    }
  }

  #appendEvents(events: readonly ChainedEvent[]): void {
    for (const { sequence, payload, salt, link } of events)
      this.#sql.exec('INSERT INTO events VALUES (?, ?, ?, ?)', sequence, payload, salt, link)
  }
}
