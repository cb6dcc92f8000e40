// What the use cases need of the world, by subject in ports/. Adapters are in platform/; each port has a fake or a real local
// twin in tests.

import type { UrlRules } from '../domain/outbound/parse-url.ts'
import type { AccessLog } from './ports/access-log.ts'
import type { AccessTokens } from './ports/access-tokens.ts'
import type { CallLimiter } from './ports/call-limiter.ts'
import type { CheckEngines, CheckJob, CheckQueues, LivenessJudge } from './ports/checks.ts'
import type { ClearedHits } from './ports/cleared-hits.ts'
import type { DocumentBytes } from './ports/documents.ts'
import type { Erasures, TombstoneCopies } from './ports/erasures.ts'
import type { Probe } from './ports/health.ts'
import type { IdempotencyKeys, KeptCalls } from './ports/idempotency.ts'
import type { OutboundHttp } from './ports/outbound.ts'
import type { Cursors, SessionCopies } from './ports/reconcile.ts'
import type { RestoreLedger, RestoreWatch } from './ports/restore.ts'
import type { Retention } from './ports/retention.ts'
import type { SeedNotices, SessionDirectory } from './ports/session-directory.ts'
import type { SessionObjects } from './ports/session-objects.ts'
import type { JwtVerifier, KeyMint, TenantAdmin, Tenants } from './ports/tenants.ts'
import type {
  AddressBookKeeper,
  WatchlistBuilder,
  WatchlistFeed,
  WatchlistJob,
  WatchlistQueue,
  WatchlistSettings,
  WatchlistStore,
} from './ports/watchlist-feed.ts'
import type { Watchlists } from './ports/watchlists.ts'
import type {
  Channels,
  SecretBox,
  WebhookDeliveries,
  WebhookFeed,
  WebhookSending,
  WebhookSigner,
  WebhookWake,
  WebhookWakes,
} from './ports/webhooks.ts'
import type { Workflows } from './ports/workflows.ts'
import type { Clock, Ids, Log } from './ports/world.ts'

export type * from './ports/access-log.ts'
export type * from './ports/access-tokens.ts'
export type * from './ports/call-limiter.ts'
export type * from './ports/checks.ts'
export type * from './ports/cleared-hits.ts'
export type * from './ports/documents.ts'
export type * from './ports/erasures.ts'
export type * from './ports/health.ts'
export type * from './ports/idempotency.ts'
export type * from './ports/outbound.ts'
export type * from './ports/reconcile.ts'
export type * from './ports/restore.ts'
export type * from './ports/retention.ts'
export type * from './ports/session-directory.ts'
export type * from './ports/session-list.ts'
export type * from './ports/session-objects.ts'
export type * from './ports/tenants.ts'
export type * from './ports/watchlist-feed.ts'
export type * from './ports/watchlists.ts'
export type * from './ports/webhooks.ts'
export type * from './ports/workflows.ts'
export type * from './ports/world.ts'

/** What a queue of ours carries. */
export type QueueMessage = CheckJob | WebhookWake | WatchlistJob

/** Everything, as platform/compose.ts builds it. */
export type Deps = {
  clock: Clock
  ids: Ids
  log: Log
  tenants: Tenants
  tenantAdmin: TenantAdmin
  keyMint: KeyMint
  jwt: JwtVerifier
  workflows: Workflows
  directory: SessionDirectory
  accessLog: AccessLog
  erasures: Erasures
  tombstoneCopies: TombstoneCopies
  retention: Retention
  restoreWatch: RestoreWatch
  restoreLedger: RestoreLedger
  seedNotices: SeedNotices
  sessionCopies: SessionCopies
  cursors: Cursors
  sessionObjects: SessionObjects
  documents: DocumentBytes
  checkQueues: CheckQueues
  engines: CheckEngines
  livenessJudge: LivenessJudge
  tokens: AccessTokens
  callLimiter: CallLimiter
  idempotencyKeys: IdempotencyKeys
  keptCalls: KeptCalls
  probes: readonly Probe[]
  channels: Channels
  webhookSending: WebhookSending
  webhookDeliveries: WebhookDeliveries
  webhookFeed: WebhookFeed
  webhookWakes: WebhookWakes
  webhookSigner: WebhookSigner
  secretBox: SecretBox
  /** From 0 to 1, evenly. */
  random: () => number
  outbound: OutboundHttp
  watchlists: Watchlists
  watchlistSettings: WatchlistSettings
  watchlistStore: WatchlistStore
  watchlistFeed: WatchlistFeed
  watchlistBuilder: WatchlistBuilder
  watchlistQueue: WatchlistQueue
  watchlistAddresses: AddressBookKeeper
  clearedHits: ClearedHits
  /** What the form of a URL that a user names must be in this deployment. */
  urlRules: UrlRules
  /** Without a trailing slash. */
  publicBaseUrl: string
}
