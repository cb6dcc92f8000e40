import type { EpochMs } from '../../domain/time.ts'
import type { DeliveryOutcome, DeliveryStatus, Verdict } from '../../domain/webhook/outcome.ts'
import type { TenantScope } from '../actor.ts'
import type { KeptBy, KeptOutcome } from './idempotency.ts'
import type { AccessLine } from './session-directory.ts'

/** A queue message: ids only. Something of this session may be due for its tenant's endpoint; D1 says what. */
export type WebhookWake = { tenant_id: string; mode: TenantScope['mode']; session_id: string }
export interface WebhookWakes {
  send(wake: WebhookWake, delaySeconds?: number): Promise<void>
  sendAll(wakes: readonly WebhookWake[]): Promise<void>
}

/** Encrypted at rest; opens only with this deployment's keys, and only as what it was sealed as. */
export interface SecretBox {
  seal(context: readonly string[], secret: string): Promise<string>
  /** Throws when the key that sealed it is gone. */
  open(context: readonly string[], sealed: string): Promise<string>
}

export interface WebhookSigner {
  /** `whsec_` and the base64 of 32 random bytes. */
  newSecret(): string
  bytesOf(base64: string): Uint8Array
  /** The headers of one attempt. Of several secrets each signs, the present one first. */
  sign(event: { id: string; createdAt: EpochMs; body: Uint8Array }, secrets: readonly string[], now: EpochMs): Headers
}
type Headers = Record<string, string>

/** Where a tenant is told, in one mode. Secrets are sealed. */
export type NotificationChannels = {
  webhook_url: string | null
  secret: string | null
  secret_hint: string | null
  previous_secret: string | null
  previous_until: EpochMs | null
  gone_at: EpochMs | null
  emails: string[]
  slack_url: string | null
  slack_hint: string | null
  batch: boolean
  version: number
}
export interface Channels {
  /** As a tenant that never set anything has them, when there is no row. */
  find(scope: TenantScope): Promise<NotificationChannels>
  /** False when another change came first. What is pending for an endpoint that is switched off is cancelled with it. */
  save(scope: TenantScope, next: NotificationChannels, now: EpochMs): Promise<boolean>
  /** As save, in one batch with the row that keeps the call. */
  saveKeyed(
    scope: TenantScope,
    next: NotificationChannels,
    now: EpochMs,
    by: KeptBy,
  ): Promise<'saved' | 'conflict' | KeptOutcome<null>>
}

export type Endpoint = Pick<NotificationChannels, 'secret' | 'previous_secret' | 'previous_until'> & { url: string }
/** One attempt that nobody else makes until its lease ends. */
export type ClaimedDelivery = {
  claim: string
  position: number
  attempts: number
  first_attempt_at: EpochMs
  event: { event_id: string; body: string; created_at: EpochMs }
  endpoint: Endpoint
}
export type Attempted = {
  outcome: DeliveryOutcome
  /** Of the answer, when there was one. */
  status: number | null
  duration_ms: number
}
export interface WebhookSending {
  /** The lowest pending event of a session, unless it is not due, under way, or its endpoint is off or being probed. */
  claim(wake: WebhookWake, claim: string, now: EpochMs, leaseMs: number): Promise<ClaimedDelivery | null>
  /** Nothing changes when the lease has ended and another attempt is under way, or the delivery was cancelled. */
  record(
    wake: WebhookWake,
    claimed: ClaimedDelivery,
    attempted: Attempted,
    verdict: Verdict,
    now: EpochMs,
  ): Promise<void>
  /** Sessions with something due: at most `perEndpoint` of each endpoint, one of a half-open one. */
  due(now: EpochMs, limits: { perEndpoint: number; total: number }): Promise<WebhookWake[]>
}

export type WebhookDelivery = {
  delivery_id: string
  event_id: string
  type: string
  session_id: string
  sequence: number
  status: DeliveryStatus
  attempts: number
  next_attempt_at: EpochMs | null
  first_attempt_at: EpochMs | null
  last_attempt_at: EpochMs | null
  last_outcome: DeliveryOutcome | null
  last_status: number | null
  last_duration_ms: number | null
  created_at: EpochMs
}
export type DeliveryFilter = {
  status?: DeliveryStatus | undefined
  type?: string | undefined
  session_id?: string | undefined
  created_from?: EpochMs | undefined
  created_to?: EpochMs | undefined
}
export type DeliveryPlace = { created_at: EpochMs; position: number }
export type RedeliverRange = { from: EpochMs; to: EpochMs; statuses: readonly DeliveryStatus[]; limit: number }

export interface WebhookDeliveries {
  /** The youngest first; each with its place. */
  list(
    scope: TenantScope,
    query: { filter: DeliveryFilter; limit: number; after: DeliveryPlace | null },
    line: AccessLine,
  ): Promise<{ delivery: WebhookDelivery; place: DeliveryPlace }[]>
  /** Pending again, as if never tried. Null for an unknown one and one whose event was erased. */
  redeliver(
    scope: TenantScope,
    deliveryId: string,
    by: KeptBy | null,
  ): Promise<WebhookDelivery | KeptOutcome<WebhookDelivery> | null>
  /** The oldest first, at most `limit`; the session of each, and where the next ones begin. */
  redeliverRange(
    scope: TenantScope,
    range: RedeliverRange,
  ): Promise<{ session_ids: string[]; next_from: EpochMs | null }>
}

export interface WebhookFeed {
  /** Texts of events as they are or would be sent, in order of arrival. */
  read(
    scope: TenantScope,
    query: { after: number; since: EpochMs; limit: number },
    line: AccessLine,
  ): Promise<{ position: number; body: string }[]>
  /** Deletes what is older and over, and what is older than `stillPendingBefore` whatever its state; how many. */
  sweep(before: EpochMs, stillPendingBefore: EpochMs, limit: number): Promise<number>
}
