import type { Clock, Deps, DocumentBytes, CheckQueues, Ids, Log, WebhookWakes } from '../application/ports.ts'
import { parseConfig } from '../config.ts'
import { createCallLimiter } from './call-limiter.ts'
import { createCheckEngines } from './check-engines.ts'
import { systemClock } from './clock.ts'
import { createAccessTokens } from './crypto/access-tokens.ts'
import { createKeyMint } from './crypto/api-keys.ts'
import { createIdempotencyKeys } from './crypto/idempotency-keys.ts'
import { createIds, newSalt } from './crypto/ids.ts'
import { createPersonKeys } from './crypto/person-keys.ts'
import { createSecretBox } from './crypto/secret-box.ts'
import { createWebhookSigner } from './crypto/webhook-signature.ts'
import { createJwtVerifier } from './crypto/jwt.ts'
import { createCursors } from './d1/cursors.ts'
import { createAccessLog } from './d1/access-log.ts'
import { createClearedHits } from './d1/cleared-hits.ts'
import { createErasures } from './d1/erasures.ts'
import { createKeptCalls } from './d1/kept-calls.ts'
import { createChannels } from './d1/notification-channels.ts'
import { createRestoreWatch } from './d1/restore-watch.ts'
import { createRetention } from './d1/retention.ts'
import { createSeedNotices } from './d1/seed-notices.ts'
import { createSessionCopies } from './d1/session-copies.ts'
import { createSessionDirectory } from './d1/session-directory.ts'
import { createSessionRows, type SessionRows } from './d1/session-projection.ts'
import { createTenantAdmin } from './d1/tenant-admin.ts'
import { createTenantMemory } from './d1/tenant-memory.ts'
import { createTenants } from './d1/tenants.ts'
import { createWebhookDeliveries } from './d1/webhook-deliveries.ts'
import { createWebhookFeed } from './d1/webhook-feed.ts'
import { createWebhookSending } from './d1/webhook-sending.ts'
import { createWorkflows } from './d1/workflows.ts'
import { createLivenessJudge } from './liveness-judge.ts'
import { log } from './log.ts'
import { createProbes } from './probes.ts'
import { createOutbound } from './outbound/create-outbound.ts'
import { createChainalysis } from './providers/chainalysis.ts'
import { createCheckQueues } from './queues/check-queues.ts'
import { createWebhookWakes } from './queues/webhook-queue.ts'
import { createAddressBookKeeper } from './r2/address-book.ts'
import { createAddressListLoader } from './r2/address-lists.ts'
import { createDocumentBytes } from './r2/documents.ts'
import { createRestoreLedger } from './r2/restore-ledger.ts'
import { createTombstoneCopies } from './r2/tombstone-copies.ts'
import { SEGMENT_FORMAT } from '../engines/screening/segment.ts'
import { LAYOUT_VERSION } from '../engines/screening/index/layout.ts'
import { createWatchlistQueue } from './queues/watchlist-queue.ts'
import { createWatchlistStore, indexKey } from './r2/watchlist-store.ts'
import { fetchedLists } from './screening/fetched-lists.ts'
import { createWatchlistBuilder } from './screening/watchlist-builder.ts'
import { createWatchlistFeed } from './screening/watchlist-feed.ts'
import { createWatchlists } from './screening/watchlists.ts'
import { createFamily, type Family } from './session-object/family.ts'
import { createSessionObjects } from './session-object/session-objects.ts'

/** What a session object needs of the world. */
export type ObjectDeps = Family & {
  clock: Clock
  ids: Ids
  newSalt: () => Uint8Array
  log: Log
  sessionRows: SessionRows
  checkQueues: CheckQueues
  webhookWakes: WebhookWakes
  documents: DocumentBytes
}

export type Composed = { deps: Deps; forObjects: ObjectDeps }

const composedByEnv = new WeakMap<Env, Composed>()

/** The whole graph, once per isolate. The only place that knows which adapter stands behind which port. */
export function compose(env: Env): Composed {
  const known = composedByEnv.get(env)
  if (known !== undefined) return known
  const composed = build(env)
  composedByEnv.set(env, composed)
  return composed
}

function build(env: Env): Composed {
  const config = parseConfig(env)
  const clock = systemClock
  const ids = createIds()
  const newEventId = (): string => `evt_${ids.short()}`
  const tenantMemory = createTenantMemory({ now: clock.system })
  const personKeys = createPersonKeys(config.accessTokenKeys)
  const sessionRows = createSessionRows(env.DB, { personKeys })
  const workflows = createWorkflows(env.DB, { now: clock.system })
  const sessionObjects = createSessionObjects(env.SESSIONS)
  const documents = createDocumentBytes({ bucket: env.DOCUMENTS, s3: config.r2 })
  const checkQueues = createCheckQueues({
    light: env.CHECKS_LIGHT,
    reader: env.CHECKS_READER,
    faces: env.CHECKS_FACES,
    screening: env.CHECKS_SCREENING,
  })
  const webhookWakes = createWebhookWakes(env.WEBHOOKS)
  const outside = createOutbound({ config, clock: { now: clock.system }, log })
  const lists = fetchedLists(config.watchlists.lists)
  const watchlistSettings = { lists, formats: { index: LAYOUT_VERSION, segment: SEGMENT_FORMAT } }
  const watchlistStore = createWatchlistStore(env.DOCUMENTS)
  const watchlists = createWatchlists({
    engine: env.SCREENING_ENGINE,
    store: watchlistStore,
    openIndex: async (version) => (await env.DOCUMENTS.get(indexKey(version)))?.body ?? null,
    settings: watchlistSettings,
    clock: { now: clock.system },
  })
  return {
    deps: {
      clock,
      ids,
      log,
      tenants: createTenants(env.DB, tenantMemory),
      tenantAdmin: createTenantAdmin(env.DB, tenantMemory),
      keyMint: createKeyMint(),
      jwt: createJwtVerifier(config.jwt, { now: clock.system }),
      workflows,
      directory: createSessionDirectory(env.DB, { newEventId, newSalt }),
      accessLog: createAccessLog(env.DB),
      erasures: createErasures(env.DB, { newEventId }),
      tombstoneCopies: createTombstoneCopies(env.DOCUMENTS),
      retention: createRetention(env.DB),
      restoreWatch: createRestoreWatch(env.DB, { newEventId }),
      restoreLedger: createRestoreLedger(env.DOCUMENTS),
      seedNotices: createSeedNotices(env.DB),
      sessionCopies: createSessionCopies(env.DB),
      cursors: createCursors(env.DB),
      sessionObjects,
      documents,
      checkQueues,
      engines: createCheckEngines({
        loadAddressLists: createAddressListLoader({
          bucket: env.DOCUMENTS,
          clock: { now: clock.system },
          standings: async () => (await watchlists.listVersions()).lists,
        }),
        watchlists,
        compareAcrossScripts: (pairs) => env.SCREENING_ENGINE.compareNames(pairs),
        reader: { open: documents.open, read: (job, body) => env.READER_ENGINE.read(job, body) },
        faces: { open: documents.open, match: (call) => env.FACES_ENGINE.match(call) },
        addressProvider:
          config.chainalysis === null
            ? null
            : createChainalysis({ config: config.chainalysis, outbound: outside.outbound, log }),
      }),
      livenessJudge: createLivenessJudge({ engine: env.FACES_ENGINE, documents }),
      tokens: createAccessTokens(config.accessTokenKeys),
      callLimiter: createCallLimiter({
        bindings: config.rateLimits.areOn
          ? {
              token: env.LIMIT_TOKEN,
              link: env.LIMIT_LINK,
              address: env.LIMIT_ADDRESS,
              failures: env.LIMIT_FAILURES,
            }
          : null,
        perMinute: config.rateLimits.perMinute,
        log,
      }),
      idempotencyKeys: createIdempotencyKeys(config.accessTokenKeys),
      keptCalls: createKeptCalls(env.DB),
      probes: createProbes(env),
      channels: createChannels(env.DB),
      webhookSending: createWebhookSending(env.DB),
      webhookDeliveries: createWebhookDeliveries(env.DB),
      webhookFeed: createWebhookFeed(env.DB),
      webhookWakes,
      webhookSigner: createWebhookSigner(),
      secretBox: createSecretBox(config.accessTokenKeys),
      random: () => Math.random(),
      ...outside,
      watchlists,
      watchlistSettings,
      watchlistStore,
      watchlistFeed: createWatchlistFeed({
        lists,
        outbound: outside.outbound,
        parser: env.LISTS_ENGINE,
        bucket: env.DOCUMENTS,
        maxListBytes: config.watchlists.maxListBytes,
      }),
      watchlistBuilder: createWatchlistBuilder({ forge: env.LISTS_ENGINE, bucket: env.DOCUMENTS }),
      watchlistQueue: createWatchlistQueue(env.WATCHLISTS_QUEUE),
      watchlistAddresses: createAddressBookKeeper(env.DOCUMENTS),
      clearedHits: createClearedHits(env.DB, { personKeys }),
      publicBaseUrl: config.publicBaseUrl,
    },
    forObjects: {
      clock,
      ids,
      newSalt,
      log,
      sessionRows,
      checkQueues,
      webhookWakes,
      documents,
      ...createFamily({ workflows, sessionRows, sessionObjects, webhookWakes, ids, newSalt }),
    },
  }
}
