import {
  afterConfirmation,
  afterFailure,
  afterImport,
  isDue,
  judgeList,
  newListState,
  validatorsOf,
} from '../../domain/screening/watched-list.ts'
import type { ListState, WatchedList } from '../../domain/screening/watched-list.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { Deps, FetchOutcome } from '../ports.ts'

/** Lists that change at about the same time go into one index. */
const MERGE_DELAY_SECONDS = 15

export type RefreshOutcome = 'not_watched' | 'not_due' | 'imported' | 'confirmed' | 'failed' | 'crossed'

/** One try at one list. What does not replace the list is recorded with its reason, and what is held stays. */
export async function refreshList(
  deps: Pick<Deps, 'clock' | 'log' | 'watchlistSettings' | 'watchlistStore' | 'watchlistFeed' | 'watchlistQueue'>,
  input: { list: string; isForced: boolean },
): Promise<RefreshOutcome> {
  const { lists, formats } = deps.watchlistSettings
  const watched = lists.find((list) => list.id === input.list)
  if (watched === undefined) return 'not_watched'
  const stored = await deps.watchlistStore.readState(watched.id)
  const state = stored?.value ?? newListState(watched.id)
  const began = deps.clock.system()
  if (!input.isForced && !isDue(state, formats.segment, began)) return 'not_due'

  const segment = segmentKey(watched, began)
  const validators = input.isForced ? {} : validatorsOf(state, formats.segment)
  const fetched = await deps.watchlistFeed.fetch(watched.id, validators, segment)
  const judged = judge(state, fetched, { isForced: input.isForced, segment, formats, now: deps.clock.system() })
  if (fetched.kind === 'parsed') await (judged.outcome === 'imported' ? fetched.upload.keep() : fetched.upload.drop())
  const isWritten = await deps.watchlistStore.writeState(judged.state, stored?.etag ?? null)
  if (!isWritten) return 'crossed'
  if (judged.outcome === 'failed') {
    deps.log.warn('watchlists.refresh_failed', { kind: watched.id, attempt: judged.state.failures })
  } else {
    deps.log.info(`watchlists.${judged.outcome}`, { kind: watched.id, count: judged.state.held?.entries ?? 0 })
    await deps.watchlistQueue.send([{ kind: 'merge' }], MERGE_DELAY_SECONDS)
  }
  return judged.outcome
}

type Judged = { outcome: 'imported' | 'confirmed' | 'failed'; state: ListState }

function judge(
  state: ListState,
  fetched: FetchOutcome,
  given: { isForced: boolean; segment: string; formats: { segment: number }; now: EpochMs },
): Judged {
  const { now, formats } = given
  if (fetched.kind === 'failed') return { outcome: 'failed', state: afterFailure(state, fetched.reason, now) }
  if (fetched.kind === 'not_modified') {
    return { outcome: 'confirmed', state: afterConfirmation(state, { validators: state.validators, now }) }
  }
  const { facts, validators } = fetched
  const judgement = judgeList(state.held, facts, { isForced: given.isForced, segmentFormat: formats.segment })
  if (judgement.kind === 'refused') return { outcome: 'failed', state: afterFailure(state, judgement.reason, now) }
  if (judgement.kind === 'unchanged') {
    return { outcome: 'confirmed', state: afterConfirmation(state, { validators, now }) }
  }
  const kept = { segment: given.segment, segment_format: formats.segment, validators, now }
  return { outcome: 'imported', state: afterImport(state, facts, kept) }
}

/** By the instant of the try: the version is known only when all is read. */
const segmentKey = ({ id }: WatchedList, at: EpochMs): string => `${id}/${at}`
