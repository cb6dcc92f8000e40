import { afterLoss } from '../../domain/screening/watched-list.ts'
import {
  afterBuild,
  afterConfirmations,
  contentOf,
  indexVersionOf,
  planMerge,
  wantedLists,
} from '../../domain/screening/watchlist-index.ts'
import type { Manifest, WantedList } from '../../domain/screening/watchlist-index.ts'
import type { ListState } from '../../domain/screening/watched-list.ts'
import { DAY_MS } from '../../domain/time.ts'
import type { Deps } from '../ports.ts'

export type MergeOutcome = 'nothing' | 'confirmed' | 'built' | 'segment_lost' | 'crossed'

type MergeDeps = Pick<
  Deps,
  | 'clock'
  | 'log'
  | 'watchlistSettings'
  | 'watchlistStore'
  | 'watchlistBuilder'
  | 'watchlistQueue'
  | 'watchlistAddresses'
>

/** What lies unnamed for less may be on its way into a manifest. */
const SWEEP_AFTER_MS = DAY_MS

/**
 * Brings the index up to the lists. The manifest is written last and only over the one that was read, so that of two merges
 * at once one is `crossed` and leaves what is searched alone.
 */
export async function mergeLists(deps: MergeDeps): Promise<MergeOutcome> {
  const { watchlistStore: store, watchlistSettings: settings } = deps
  const stored = await store.readManifest()
  const manifest = stored?.value ?? null
  const states = await store.readStates(settings.lists.map(({ id }) => id))
  const wanted = wantedLists(settings.lists, states, settings.formats)
  const plan = planMerge(manifest, { watched: settings.lists, wanted, formats: settings.formats })
  if (manifest !== null && plan === 'confirm') {
    const isWritten = await store.writeManifest(afterConfirmations(manifest, wanted), stored?.etag ?? null)
    return isWritten ? 'confirmed' : 'crossed'
  }
  return plan === 'build' ? build(deps, { manifest, etag: stored?.etag ?? null, wanted, states }) : 'nothing'
}

async function build(
  deps: MergeDeps,
  given: { manifest: Manifest | null; etag: string | null; wanted: WantedList[]; states: ListState[] },
): Promise<MergeOutcome> {
  const { watchlistStore: store, watchlistSettings: settings } = deps
  const began = deps.clock.system()
  const content = contentOf(given.wanted, settings.formats)
  const index_version = indexVersionOf(content, began)
  const parts = given.wanted.map(({ watched, held }) => ({ ...held, id: watched.id }))
  const built = await deps.watchlistBuilder.build(parts, index_version)
  if (built.kind === 'segment_lost') {
    deps.log.error('watchlists.segment_lost', { kind: built.list })
    await forgetSegment(deps, built)
    return 'segment_lost'
  }
  const { size, sha256, addresses, upload } = built
  // An older set of addresses after a newer one would tell those that are new as delisted.
  if (((await store.readManifest())?.etag ?? null) !== given.etag) {
    await upload.drop()
    return 'crossed'
  }
  await upload.keep()
  const facts = { index_version, size, sha256, content, formats: settings.formats, now: deps.clock.system() }
  const next = afterBuild(given.manifest, given.wanted, facts)
  // Before the manifest: a book that could not be written leaves a merge to be done over.
  await deps.watchlistAddresses.keep({ addresses, lists: next.lists, at: next.built_at })
  if (!(await store.writeManifest(next, given.etag))) return 'crossed'
  deps.log.info('watchlists.index_built', { count: next.lists.length, duration_ms: next.built_at - began })
  await store.sweep({
    indexes: new Set(next.kept.map((kept) => kept.index_version)),
    segments: new Set([
      ...next.kept.flatMap(({ segments }) => segments),
      ...given.states.flatMap(({ held }) => (held === null ? [] : [held.segment])),
    ]),
    before: next.built_at - SWEEP_AFTER_MS,
  })
  return 'built'
}

/** The list is imported anew at once, and merged then. What is searched meanwhile is the index that there is. */
async function forgetSegment(deps: MergeDeps, lost: { list: string; reason: string }): Promise<void> {
  const stored = await deps.watchlistStore.readState(lost.list)
  if (stored === null) return
  const state = afterLoss(stored.value, `its stored segment is ${lost.reason}`)
  if (await deps.watchlistStore.writeState(state, stored.etag)) {
    await deps.watchlistQueue.send([{ kind: 'refresh', list: lost.list }])
  }
}
