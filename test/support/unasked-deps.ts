import { createKnownOwners } from '../../src/application/end-user/known-owners.ts'
import type { AppDeps } from '../../src/http/api.ts'
import { createIds } from '../../src/platform/crypto/ids.ts'

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the port's type is what the place wants
function unasked<T extends object>(port: string): T {
  return new Proxy<T>(Object.create(null), {
    get(_target, method) {
      throw new Error(`the port ${port} was asked for ${String(method)}`)
    },
  })
}

/** Ports that fail a test when a request that should cost nothing reaches them. */
export function unaskedDeps(changes: Partial<AppDeps> = {}): AppDeps {
  return {
    clock: unasked('clock'),
    ids: createIds(),
    log: unasked('log'),
    tenants: unasked('tenants'),
    tenantAdmin: unasked('tenantAdmin'),
    keyMint: unasked('keyMint'),
    jwt: unasked('jwt'),
    workflows: unasked('workflows'),
    directory: unasked('directory'),
    accessLog: unasked('accessLog'),
    erasures: unasked('erasures'),
    tombstoneCopies: unasked('tombstoneCopies'),
    retention: unasked('retention'),
    restoreWatch: unasked('restoreWatch'),
    restoreLedger: unasked('restoreLedger'),
    seedNotices: unasked('seedNotices'),
    sessionCopies: unasked('sessionCopies'),
    cursors: unasked('cursors'),
    sessionObjects: unasked('sessionObjects'),
    documents: unasked('documents'),
    checkQueues: unasked('checkQueues'),
    engines: unasked('engines'),
    livenessJudge: unasked('livenessJudge'),
    tokens: unasked('tokens'),
    callLimiter: unasked('callLimiter'),
    idempotencyKeys: unasked('idempotencyKeys'),
    keptCalls: unasked('keptCalls'),
    probes: [],
    channels: unasked('channels'),
    webhookSending: unasked('webhookSending'),
    webhookDeliveries: unasked('webhookDeliveries'),
    webhookFeed: unasked('webhookFeed'),
    webhookWakes: unasked('webhookWakes'),
    webhookSigner: unasked('webhookSigner'),
    secretBox: unasked('secretBox'),
    random: () => 0.5,
    outbound: unasked('outbound'),
    watchlists: unasked('watchlists'),
    watchlistSettings: { lists: [], formats: { index: 0, segment: 0 } },
    watchlistStore: unasked('watchlistStore'),
    watchlistFeed: unasked('watchlistFeed'),
    watchlistBuilder: unasked('watchlistBuilder'),
    watchlistQueue: unasked('watchlistQueue'),
    watchlistAddresses: unasked('watchlistAddresses'),
    clearedHits: unasked('clearedHits'),
    urlRules: { allowLocal: false, ownHosts: ['kyc.test'] },
    publicBaseUrl: 'https://kyc.test',
    knownOwners: createKnownOwners(10),
    ...changes,
  }
}
