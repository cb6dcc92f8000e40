// The tables of D1. Every table that holds a tenant's things has tenant_id and mode; instants are epoch ms; JSON is text.
// What each table is for, who writes it and when it is erased: docs/storage.md.

import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, real, sqliteTable, text, unique, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { MODES } from '../../domain/session/state.ts'
import { DELIVERY_OUTCOMES, DELIVERY_STATUSES } from '../../domain/webhook/outcome.ts'

const scope = {
  tenant_id: text('tenant_id').notNull(),
  mode: text('mode', { enum: MODES }).notNull(),
}

// ── tenants ──────────────────────────────────────────────────────────────────────────────────────────────────────
export const tenants = sqliteTable(
  'tenants',
  {
    tenant_id: text('tenant_id').primaryKey(),
    name: text('name').notNull(),
    settings: text('settings').notNull(),
    created_at: integer('created_at').notNull(),
  },
  (table) => [
    index('tenants_with_retention')
      .on(table.tenant_id)
      .where(sql`settings ->> '$.retention_days' IS NOT NULL`),
  ],
)

export const apiKeys = sqliteTable(
  'api_keys',
  {
    key_id: text('key_id').primaryKey(),
    ...scope,
    name: text('name').notNull(),
    /** SHA-256 of the secret, lower-case hex. The secret itself is nowhere. */
    key_hash: text('key_hash').notNull(),
    hint: text('hint').notNull(),
    permissions: text('permissions').notNull(),
    created_at: integer('created_at').notNull(),
    revoked_at: integer('revoked_at'),
    created_by: text('created_by'),
    revoked_by: text('revoked_by'),
  },
  (table) => [
    uniqueIndex('api_keys_by_hash').on(table.key_hash),
    index('api_keys_by_tenant').on(table.tenant_id, table.mode, table.created_at),
  ],
)

// ── workflows ────────────────────────────────────────────────────────────────────────────────────────────────────
export const workflows = sqliteTable(
  'workflows',
  {
    workflow_id: text('workflow_id').primaryKey(),
    ...scope,
    name: text('name').notNull(),
    status: text('status', { enum: ['active', 'deleted'] }).notNull(),
    current_version: integer('current_version').notNull(),
    created_at: integer('created_at').notNull(),
    updated_at: integer('updated_at').notNull(),
  },
  (table) => [
    index('workflows_by_created').on(table.tenant_id, table.mode, table.status, table.created_at, table.workflow_id),
  ],
)

export const workflowVersions = sqliteTable(
  'workflow_versions',
  {
    workflow_id: text('workflow_id').notNull(),
    version: integer('version').notNull(),
    ...scope,
    definition: text('definition').notNull(),
    created_at: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workflow_id, table.version] })],
)

// ── sessions ─────────────────────────────────────────────────────────────────────────────────────────────────────
/**
 * What lists filter, sort and count. `created_key` is created_at as 13 digits and then the session id: one column that sorts
 * like the pair, so every index by a filter ends in it and a page is one seek. An index is rewritten only when its columns change.
 */
export const sessions = sqliteTable(
  'sessions',
  {
    id: integer('id').primaryKey(),
    ...scope,
    session_id: text('session_id').notNull(),
    version: integer('version').notNull(),
    status: text('status').notNull(),
    final_decision: text('final_decision'),
    workflow_id: text('workflow_id').notNull(),
    client_id: text('client_id'),
    parent_session_id: text('parent_session_id'),
    risk_score: real('risk_score'),
    /** floor(risk_score) and floor(risk_score / 10): a range of risk is a few values of these, each with its own seek. */
    risk_unit: integer('risk_unit'),
    risk_ten: integer('risk_ten'),
    /** Bit n = CHECK_NAMES[n] ever ended `ok` or `stale`. */
    checks_ended: integer('checks_ended').notNull(),
    created_at: integer('created_at').notNull(),
    created_key: text('created_key').notNull(),
    updated_at: integer('updated_at').notNull(),
    /** updated_at in spans of 2^n ms: a range of changes is a few of these, each with its own seek (list-updated.ts). */
    updated_20: integer('updated_20').notNull().default(0),
    updated_23: integer('updated_23').notNull().default(0),
    updated_26: integer('updated_26').notNull().default(0),
    updated_29: integer('updated_29').notNull().default(0),
    updated_32: integer('updated_32').notNull().default(0),
    client_id_lower: text('client_id_lower'),
    user_email_lower: text('user_email_lower'),
    user_name_lower: text('user_name_lower'),
    /** The token's placement byte: jurisdiction and shard of the session's object. */
    placement: integer('placement').notNull(),
    /** The SessionRow that lists show. After all that is scanned, so that a scan does not read its pages. */
    row: text('row').notNull(),
    /** What retention counts from, found by its index; null where it counts from nothing (domain/session/retention.ts). */
    retention_from: integer('retention_from'),
  },
  (table) => {
    const { tenant_id, mode, created_key, session_id } = table
    return [
      uniqueIndex('sessions_by_id').on(tenant_id, mode, session_id),
      index('sessions_by_created').on(tenant_id, mode, created_key),
      index('sessions_by_status').on(tenant_id, mode, table.status, created_key),
      index('sessions_by_decision').on(tenant_id, mode, table.final_decision, created_key),
      index('sessions_by_workflow').on(tenant_id, mode, table.workflow_id, created_key),
      index('sessions_by_parent').on(tenant_id, mode, table.parent_session_id, created_key),
      index('sessions_by_client')
        .on(tenant_id, mode, table.client_id, created_key)
        .where(sql`client_id IS NOT NULL`),
      index('sessions_by_risk_unit')
        .on(tenant_id, mode, table.risk_unit, created_key)
        .where(sql`risk_unit IS NOT NULL`),
      index('sessions_by_risk_ten')
        .on(tenant_id, mode, table.risk_ten, created_key)
        .where(sql`risk_ten IS NOT NULL`),
      index('sessions_by_updated').on(tenant_id, mode, table.updated_at, session_id),
      index('sessions_by_updated_20').on(tenant_id, mode, table.updated_20, created_key),
      index('sessions_by_updated_23').on(tenant_id, mode, table.updated_23, created_key),
      index('sessions_by_updated_26').on(tenant_id, mode, table.updated_26, created_key),
      index('sessions_by_updated_29').on(tenant_id, mode, table.updated_29, created_key),
      index('sessions_by_updated_32').on(tenant_id, mode, table.updated_32, created_key),
      // Sorts by risk, and covers the summary: it is counted without touching the rows.
      index('sessions_by_risk').on(tenant_id, mode, table.risk_score, session_id, table.status, table.checks_ended),
      index('sessions_by_client_lower')
        .on(tenant_id, mode, table.client_id_lower)
        .where(sql`client_id_lower IS NOT NULL`),
      index('sessions_by_email')
        .on(tenant_id, mode, table.user_email_lower)
        .where(sql`user_email_lower IS NOT NULL`),
      index('sessions_by_name')
        .on(tenant_id, mode, table.user_name_lower)
        .where(sql`user_name_lower IS NOT NULL`),
      index('sessions_by_retention')
        .on(tenant_id, mode, table.retention_from)
        .where(sql`retention_from IS NOT NULL`),
    ]
  },
)

/** custom_tags, one row each; a snapshot taken at creation and never changed. */
export const sessionTags = sqliteTable(
  'session_tags',
  {
    ...scope,
    tag: text('tag').notNull(),
    created_key: text('created_key').notNull(),
    /** sessions.id */
    session: integer('session').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.mode, table.tag, table.created_key] })],
)

/** The whole state: the truth while `owner` is seed, a copy afterwards. */
export const sessionStates = sqliteTable(
  'session_states',
  {
    session_id: text('session_id').primaryKey(),
    ...scope,
    owner: text('owner', { enum: ['seed', 'object'] }).notNull(),
    version: integer('version').notNull(),
    status: text('status').notNull(),
    /** Number of the next webhook event. */
    next_sequence: integer('next_sequence').notNull(),
    link_generation: integer('link_generation').notNull(),
    link_nonce_hash: text('link_nonce_hash').notNull(),
    workflow_id: text('workflow_id').notNull(),
    workflow_version: integer('workflow_version').notNull(),
    expires_at: integer('expires_at').notNull(),
    state: text('state').notNull(),
  },
  (table) => [
    index('session_states_due')
      .on(table.expires_at)
      .where(sql`owner = 'seed' AND status = 'draft'`),
  ],
)

/** The audit trail's copy. `payload` is the RecordedEvent as the text that `link` was made from (docs/audit.md). */
export const sessionEvents = sqliteTable(
  'session_events',
  {
    session_id: text('session_id').notNull(),
    sequence: integer('sequence').notNull(),
    ...scope,
    at: integer('at').notNull(),
    type: text('type').notNull(),
    payload: text('payload').notNull(),
    /** Hex, as `link`; both null for events from before there was a chain. */
    salt: text('salt'),
    link: text('link'),
  },
  (table) => [primaryKey({ columns: [table.session_id, table.sequence] })],
)

export const webhookEvents = sqliteTable(
  'webhook_events',
  {
    /** Given by D1 on arrival and never again: the pull feed's cursor. */
    position: integer('position').primaryKey({ autoIncrement: true }),
    event_id: text('event_id').notNull(),
    ...scope,
    session_id: text('session_id').notNull(),
    sequence: integer('sequence').notNull(),
    type: text('type').notNull(),
    body: text('body').notNull(),
    created_at: integer('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('webhook_events_by_event_id').on(table.event_id),
    unique('webhook_events_by_sequence').on(table.session_id, table.sequence),
    index('webhook_events_feed').on(table.tenant_id, table.mode, table.position),
  ],
)

/** Where a tenant wants to be told, per mode. Secrets are sealed under this deployment's key. */
export const notificationChannels = sqliteTable(
  'notification_channels',
  {
    ...scope,
    /** Null: nothing is delivered. */
    webhook_url: text('webhook_url'),
    secret: text('secret'),
    secret_hint: text('secret_hint'),
    /** Signs beside the present one until `previous_until`. */
    previous_secret: text('previous_secret'),
    previous_until: integer('previous_until'),
    /** The receiver answered 410: nothing is delivered until the URL is set again. */
    gone_at: integer('gone_at'),
    /** Time-outs in a row. */
    time_outs: integer('time_outs').notNull(),
    /** While half-open: nobody else probes before. */
    probe_until: integer('probe_until').notNull(),
    emails: text('emails').notNull(),
    slack_url: text('slack_url'),
    slack_hint: text('slack_hint'),
    batch: integer('batch', { mode: 'boolean' }).notNull(),
    /** A change is written over the version that it was made from. */
    version: integer('version').notNull(),
    updated_at: integer('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.mode] })],
)

/** An event on its way to the tenant's endpoint. Of a session's pending ones, the lowest alone is sent. */
export const webhookDeliveries = sqliteTable(
  'webhook_deliveries',
  {
    /** webhook_events.position */
    position: integer('position').primaryKey(),
    ...scope,
    status: text('status', { enum: DELIVERY_STATUSES }).notNull(),
    attempts: integer('attempts').notNull(),
    /** Also the lease of an attempt under way. Null: an earlier event of the session is not over yet. */
    next_attempt_at: integer('next_attempt_at'),
    /** The attempt under way; its outcome counts only while it is this one. */
    claim: text('claim'),
    first_attempt_at: integer('first_attempt_at'),
    last_attempt_at: integer('last_attempt_at'),
    last_outcome: text('last_outcome', { enum: DELIVERY_OUTCOMES }),
    last_status: integer('last_status'),
    last_duration_ms: integer('last_duration_ms'),
    /** When the event happened. */
    created_at: integer('created_at').notNull(),
  },
  (table) => {
    const { tenant_id, mode, created_at, next_attempt_at } = table
    return [
      index('webhook_deliveries_by_time').on(tenant_id, mode, created_at),
      index('webhook_deliveries_open')
        .on(tenant_id, mode, table.status, created_at)
        .where(sql`status <> 'delivered'`),
      index('webhook_deliveries_due')
        .on(tenant_id, mode, next_attempt_at)
        .where(sql`status = 'pending' AND next_attempt_at IS NOT NULL`),
    ]
  },
)

/** An erased session: a guard for every late write, the saga's phase and the audit line. No personal data. */
export const tombstones = sqliteTable(
  'tombstones',
  {
    session_id: text('session_id').primaryKey(),
    ...scope,
    /** The session whose deletion took this one along; itself for the one asked for. */
    root_session_id: text('root_session_id').notNull(),
    phase: text('phase', { enum: ['copy', 'objects', 'files', 'rows', 'late_files', 'done'] }).notNull(),
    erased_at: integer('erased_at').notNull(),
    resume_at: integer('resume_at').notNull(),
    /** `{type, id}` of who asked. */
    by: text('by').notNull(),
    documents: integer('documents').notNull(),
    /** The last link of the erased trail, and how many events it had. */
    audit_head: text('audit_head'),
    audit_length: integer('audit_length').notNull().default(0),
  },
  (table) => [
    index('tombstones_by_root').on(table.root_session_id),
    index('tombstones_pending')
      .on(table.resume_at)
      .where(sql`phase <> 'done'`),
  ],
)

/** What reviewers said of watchlist hits, found again when the same person is screened in another session. */
export const clearedHits = sqliteTable(
  'cleared_hits',
  {
    ...scope,
    /** Keyed hash of who the hit is about: nobody can try names on it. */
    person_key: text('person_key').notNull(),
    list: text('list').notNull(),
    reference: text('reference').notNull(),
    /** Whose reviewer said it; goes with that session. */
    session_id: text('session_id').notNull(),
    entry_hash: text('entry_hash').notNull(),
    had_identifier: integer('had_identifier', { mode: 'boolean' }).notNull(),
    verdict: text('verdict', { enum: ['cleared', 'open'] }).notNull(),
    at: integer('at').notNull(),
  },
  (table) => {
    const { tenant_id, mode, person_key, list, reference, session_id } = table
    return [
      primaryKey({ columns: [tenant_id, mode, person_key, list, reference, session_id] }),
      index('cleared_hits_by_session').on(session_id),
    ]
  },
)

/** One row: how far the ledger in R2 goes, by which a restored D1 is known, and how far its repair has come. */
export const restoreWatch = sqliteTable('restore_watch', {
  id: integer('id').primaryKey(),
  /** Grows with each page of the ledger; lower than R2's own number once D1 was restored. */
  beat: integer('beat').notNull(),
  beat_at: integer('beat_at').notNull(),
  /** The last of `webhook_events` whose session is in the ledger. */
  position: integer('position').notNull(),
  /** JSON; null when nothing is to be repaired. */
  repair: text('repair'),
})

// ── what was read, and what is owed ──────────────────────────────────────────────────────────────────────────────
export const accessLog = sqliteTable(
  'access_log',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    ...scope,
    at: integer('at').notNull(),
    actor_type: text('actor_type').notNull(),
    actor_id: text('actor_id').notNull(),
    request_id: text('request_id').notNull(),
    operation: text('operation').notNull(),
    session_id: text('session_id'),
  },
  (table) => [index('access_log_by_tenant').on(table.tenant_id, table.mode, table.id, table.at)],
)

/** Seals over the lines of a tenant and mode with `after_id` < id ≤ `last_id`, each chained to the one before. */
export const accessSeals = sqliteTable(
  'access_seals',
  {
    ...scope,
    number: integer('number').notNull(),
    /** The UTC day, `YYYY-MM-DD`. */
    day: text('day').notNull(),
    after_id: integer('after_id').notNull(),
    last_id: integer('last_id').notNull(),
    lines: integer('lines').notNull(),
    previous: text('previous').notNull(),
    hash: text('hash').notNull(),
    sealed_at: integer('sealed_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.mode, table.number] }),
    index('access_seals_by_day').on(table.tenant_id, table.mode, table.day),
  ],
)

/** What D1-side writers owe. A row stays until its effect is recorded; one whose lease ran out is sent again. */
export const outbox = sqliteTable(
  'outbox',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    ...scope,
    session_id: text('session_id').notNull(),
    kind: text('kind').notNull(),
    /** Ids only. */
    payload: text('payload').notNull(),
    lease_until: integer('lease_until').notNull(),
    attempts: integer('attempts').notNull(),
    created_at: integer('created_at').notNull(),
  },
  (table) => [index('outbox_by_lease').on(table.lease_until), index('outbox_by_session').on(table.session_id)],
)

/** The outcome of a POST under an Idempotency-Key, as what rebuilds its answer (docs/adr/0008). */
export const idempotencyKeys = sqliteTable(
  'idempotency_keys',
  {
    ...scope,
    /** SHA-256 of the tenant, the mode and the key. The key itself is nowhere. */
    key_hash: text('key_hash').notNull(),
    /** SHA-256 of method, path and body. */
    fingerprint: text('fingerprint').notNull(),
    /** The request whose effect it is. */
    call_id: text('call_id').notNull(),
    /** The session or workflow that the call made or changed; null for a refusal. */
    subject_id: text('subject_id'),
    subject_version: integer('subject_version'),
    /** The nonce of the answer's link, under the server's secret and the key itself. */
    sealed: text('sealed'),
    /** The refusal as JSON. */
    error: text('error'),
    at: integer('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenant_id, table.mode, table.key_hash] }),
    index('idempotency_keys_by_subject')
      .on(table.subject_id)
      .where(sql`subject_id IS NOT NULL`),
    index('idempotency_keys_by_age').on(table.at),
  ],
)

/** Where a walk over a whole table goes on at its next run. */
export const cursors = sqliteTable('cursors', {
  name: text('name').primaryKey(),
  position: text('position').notNull(),
})
