import { WorkerEntrypoint } from 'cloudflare:workers'
import { createIndexHolder } from '../engines/screening/index-holder.ts'
import type { IndexFacts, LoadAnswer, ScreenAnswer, ScreenCall } from '../engines/screening/index-holder.ts'
import { openIndex } from '../engines/screening/open-watchlist-index.ts'
import { nativeSha256 } from './native-sha256.ts'

/** Of the isolate, not of a call: the next call finds what this one loaded. */
const holder = createIndexHolder({ open: openIndex, digest: nativeSha256 })

export class ScreeningEngine extends WorkerEntrypoint {
  screen(call: ScreenCall): Promise<ScreenAnswer> {
    return holder.screen(call)
  }

  load(facts: IndexFacts, bytes: ReadableStream<Uint8Array>): Promise<LoadAnswer> {
    return holder.load(facts, bytes)
  }
}

export default {
  fetch: () => new Response(null, { status: 404 }),
} satisfies ExportedHandler
