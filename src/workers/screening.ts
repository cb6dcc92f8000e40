import { WorkerEntrypoint } from 'cloudflare:workers'
import { createIndexHolder } from '../engines/screening/index-holder.ts'
import type { IndexFacts, LoadAnswer, ScreenAnswer, ScreenCall } from '../engines/screening/index-holder.ts'
import { openIndex } from '../engines/screening/open-watchlist-index.ts'
import type { NamePair } from '../engines/cross-validation/engine.ts'
import { likeness } from '../engines/screening/score/compare-names.ts'
import { nativeSha256 } from './native-sha256.ts'

const LOAD_LIMIT_MS = 20_000

/** Of the isolate, not of a call: the next call finds what this one loaded. */
const holder = createIndexHolder({ open: openIndex, digest: nativeSha256 })

export class ScreeningEngine extends WorkerEntrypoint {
  screen(call: ScreenCall): Promise<ScreenAnswer> {
    return holder.screen(call)
  }

  /** Of names in two scripts: 0–1, from 0.85 on one name. */
  compareNames(pairs: NamePair[]): number[] {
    return pairs.map(({ left, right, kind }) => likeness(left, right, kind === 'company' ? 'organization' : 'person'))
  }

  load(facts: IndexFacts, bytes: ReadableStream<Uint8Array>): Promise<LoadAnswer> {
    const limited = bytes.pipeThrough(new IdentityTransformStream(), { signal: AbortSignal.timeout(LOAD_LIMIT_MS) })
    const loaded = holder.load(facts, limited)
    // Others wait for this load: it must come to an end even when its own caller is gone. waitUntil holds for 30 s.
    this.ctx.waitUntil(loaded)
    return loaded
  }
}

export default {
  fetch: () => new Response(null, { status: 404 }),
} satisfies ExportedHandler
