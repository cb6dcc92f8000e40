import { RpcTarget, WorkerEntrypoint } from 'cloudflare:workers'
import { err, ok } from '../domain/result.ts'
import { walletsOf } from '../engines/screening/list-calls.ts'
import type { AddAnswer, ListedWallet, ParseAnswer, ParseCall } from '../engines/screening/list-calls.ts'
import { importList } from '../engines/screening/lists/import-list.ts'
import { createIndexBuilder } from '../engines/screening/index/build-index.ts'
import { createSegmentWriter, linesOf, readSegment } from '../engines/screening/segment.ts'
import type { IndexedList } from '../engines/screening/watchlist-index.ts'

const SLICE_BYTES = 1024 * 1024

export class ListsEngine extends WorkerEntrypoint {
  /** Writes the segment, gzipped, as the files come in, and closes it whatever comes: without an `ok` it is to be thrown away. */
  async parse(call: ParseCall, into: WritableStream<Uint8Array>): Promise<ParseAnswer> {
    const gzip = new CompressionStream('gzip')
    const sent = gzip.readable.pipeTo(into)
    sent.catch(() => undefined)
    const writer = gzip.writable.getWriter()
    let written = Promise.resolve()
    const segment = createSegmentWriter(call.list, (bytes) => {
      written = written.then(() => writer.write(bytes))
      written.catch(() => undefined)
    })
    try {
      const imported = await importList(call, {
        // The importer waits here: no more is ever held than what gzip has not taken yet.
        entity: (entity) => (segment.add(entity) ? written : undefined),
      })
      if (!imported.ok) return imported
      const { published_on, skipped_count } = imported.value
      return ok({ ...segment.finish(), published_on, skipped_count })
    } catch {
      return err({ code: 'broken_off', detail: 'the transfer broke off', line: null })
    } finally {
      // Of several files the importer may have left some unread: a stream that is neither read nor let go of hangs.
      for (const file of Object.values(call.files)) file.cancel().catch(() => undefined)
      await written.then(() => writer.close()).catch(() => undefined)
      await sent.catch(() => undefined)
    }
  }

  build(): IndexBuild {
    return new IndexBuild()
  }
}

/** One index on its way: lists are added one after another, then it is written out. */
class IndexBuild extends RpcTarget {
  #builder = createIndexBuilder()

  /** Anything but `ok` leaves the build useless. */
  async add(list: IndexedList, segment: ReadableStream<Uint8Array>): Promise<AddAnswer> {
    const wallets: ListedWallet[] = []
    this.#builder.list(list)
    try {
      const text = segment.pipeThrough(new DecompressionStream('gzip')).pipeThrough(new TextDecoderStream())
      const read = await readSegment(list.id, linesOf(text), (entity) => {
        this.#builder.add(entity)
        wallets.push(...walletsOf(entity))
      })
      return read.ok ? ok({ ...read.value, wallets }) : read
    } catch {
      return err('broken_off')
    }
  }

  async finish(into: WritableStream<Uint8Array>): Promise<{ size: number }> {
    const index = this.#builder.finish()
    const writer = into.getWriter()
    for (let from = 0; from < index.length; from += SLICE_BYTES) {
      await writer.write(index.subarray(from, from + SLICE_BYTES))
    }
    await writer.close()
    return { size: index.length }
  }
}

export default {
  fetch: () => new Response(null, { status: 404 }),
} satisfies ExportedHandler
