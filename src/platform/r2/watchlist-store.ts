import type { ListState } from '../../domain/screening/watched-list.ts'
import type { Manifest } from '../../domain/screening/watchlist-index.ts'
import type { Tagged, WatchlistStore } from '../../application/ports.ts'

const PREFIX = 'lists/watchlists/'
const INDEXES = `${PREFIX}index/`
const SEGMENTS = `${PREFIX}segments/`
const CURRENT = `${PREFIX}current.json`
const DELETE_BATCH = 1_000

export const indexKey = (indexVersion: string): string => `${INDEXES}${indexVersion}`
export const segmentKey = (segment: string): string => `${SEGMENTS}${segment}`
const stateKey = (list: string): string => `${PREFIX}state/${list}.json`

export function createWatchlistStore(bucket: R2Bucket): WatchlistStore {
  async function read<T>(key: string): Promise<Tagged<T> | null> {
    const object = await bucket.get(key)
    return object === null ? null : { value: await object.json<T>(), etag: object.etag }
  }

  async function write(key: string, value: object, etag: string | null): Promise<boolean> {
    const put = await bucket.put(key, JSON.stringify(value), {
      httpMetadata: { contentType: 'application/json' },
      onlyIf: etag === null ? { etagDoesNotMatch: '*' } : { etagMatches: etag },
    })
    return put !== null
  }

  async function sweepPrefix(prefix: string, kept: ReadonlySet<string>, before: number): Promise<number> {
    const old: string[] = []
    let cursor: string | undefined
    do {
      const page = await bucket.list({ prefix, ...(cursor === undefined ? {} : { cursor }) })
      const unnamed = page.objects.filter(
        ({ key, uploaded }) => !kept.has(key.slice(prefix.length)) && uploaded.getTime() < before,
      )
      old.push(...unnamed.map(({ key }) => key))
      cursor = page.truncated ? page.cursor : undefined
    } while (cursor !== undefined)
    for (let from = 0; from < old.length; from += DELETE_BATCH)
      await bucket.delete(old.slice(from, from + DELETE_BATCH))
    return old.length
  }

  return {
    readState: (list) => read<ListState>(stateKey(list)),
    async readStates(lists) {
      const states = await Promise.all(lists.map((list) => read<ListState>(stateKey(list))))
      return states.flatMap((stored) => (stored === null ? [] : [stored.value]))
    },
    writeState: (state, etag) => write(stateKey(state.list), state, etag),
    readManifest: () => read<Manifest>(CURRENT),
    writeManifest: (manifest, etag) => write(CURRENT, manifest, etag),
    async sweep({ indexes, segments, before }) {
      return (await sweepPrefix(INDEXES, indexes, before)) + (await sweepPrefix(SEGMENTS, segments, before))
    },
  }
}
