import type { ListedAddress, WatchlistBuilder } from '../../application/ports.ts'
import type { AddAnswer } from '../../engines/screening/list-calls.ts'
import type { IndexedList } from '../../engines/screening/watchlist-index.ts'
import { uploadStream } from '../r2/upload-stream.ts'
import { indexKey, segmentKey } from '../r2/watchlist-store.ts'

/** What of the Worker `lists` is used here: a build is an object of its isolate. */
export type IndexForge = {
  build(): Promise<
    {
      add(list: IndexedList, segment: ReadableStream<Uint8Array>): Promise<AddAnswer>
      finish(into: WritableStream<Uint8Array>): Promise<{ size: number }>
    } & Disposable
  >
}

export function createWatchlistBuilder(parts: { forge: IndexForge; bucket: R2Bucket }): WatchlistBuilder {
  return {
    async build(lists, indexVersion) {
      using build = await parts.forge.build()
      const addresses: ListedAddress[] = []
      for (const { id, version, published_on, segment, sha256 } of lists) {
        const object = await parts.bucket.get(segmentKey(segment))
        if (object === null) return { kind: 'segment_lost', list: id, reason: 'not there' }
        const added = await build.add({ id, version, published_on }, object.body)
        if (!added.ok) return { kind: 'segment_lost', list: id, reason: added.error }
        if (added.value.sha256 !== sha256) return { kind: 'segment_lost', list: id, reason: 'another one' }
        addresses.push(...added.value.wallets.map((wallet) => ({ list: id, version, published_on, ...wallet })))
      }
      const { readable, writable } = new IdentityTransformStream()
      const [finished, uploaded] = await Promise.allSettled([
        build.finish(writable),
        uploadStream(parts.bucket, indexKey(indexVersion), readable),
      ])
      if (uploaded.status === 'rejected') throw uploaded.reason
      const upload = uploaded.value
      if (finished.status === 'fulfilled' && finished.value.size === upload.size) {
        return { kind: 'built', size: upload.size, sha256: upload.sha256, addresses, upload }
      }
      await upload.drop()
      throw finished.status === 'rejected' ? finished.reason : new Error('the index was cut on its way')
    },
  }
}
