import { env } from 'cloudflare:workers'
import { inject } from 'vitest'
import type { Deps, ListedAddress, WatchlistJob } from '../../src/application/ports.ts'
import { compose } from '../../src/platform/compose.ts'
import { indexKey } from '../../src/platform/r2/watchlist-store.ts'
import { createWatchlists } from '../../src/platform/screening/watchlists.ts'
import type { ListOverride } from '../../src/platform/screening/fetched-lists.ts'
import type { Published, PublisherCall } from './publisher.ts'

// A deployment with lists of its own at the publisher of the tests, and a clock that tests move. Everything else is real.

const OFF = { enabled: false }
const OFFICIAL = { ofac_sdn: OFF, ofac_cons: OFF, un_sc: OFF, eu_fsf: OFF, uk_sl: OFF }

export type WatchlistHouse = Deps & {
  at: { now: number }
  queued: WatchlistJob[]
  addresses: ListedAddress[][]
}

/** Nothing is remembered but what is in R2: as another isolate, at another time. */
export function watchlistHouse(lists: Record<string, ListOverride>, now = Date.UTC(2026, 10, 24, 2)): WatchlistHouse {
  const at = { now }
  const queued: WatchlistJob[] = []
  const addresses: ListedAddress[][] = []
  const vars = {
    ...env,
    ENVIRONMENT: 'development',
    DNS_RESOLVER_URL: inject('resolver'),
    WATCHLISTS: JSON.stringify({ ...OFFICIAL, ...lists }),
    WATCHLIST_MAX_MIB: '1',
  }
  const clock = { now: () => at.now, system: () => at.now }
  const { deps } = compose(vars as Env)
  return {
    ...deps,
    clock,
    watchlists: createWatchlists({
      engine: env.SCREENING_ENGINE,
      store: deps.watchlistStore,
      openIndex: async (version) => (await env.DOCUMENTS.get(indexKey(version)))?.body ?? null,
      settings: deps.watchlistSettings,
      clock,
    }),
    watchlistQueue: { send: async (jobs) => void queued.push(...jobs) },
    watchlistAddresses: { keep: async (found) => void addresses.push([...found.addresses]) },
    at,
    queued,
    addresses,
  }
}

/** A file at the publisher that no other test uses. */
export function publishedFile() {
  const url = `${inject('publisher')}/${crypto.randomUUID()}.xml`
  return {
    url,
    async lay(file: Published): Promise<void> {
      await fetch(url, { method: 'PUT', body: JSON.stringify(file) })
    },
    calls: async (): Promise<PublisherCall[]> => (await fetch(`${url}?calls`)).json(),
  }
}
