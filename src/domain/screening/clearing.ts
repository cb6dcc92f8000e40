// Whether a reviewer's word clears a hit. A word holds for one name and one entry as the reviewer saw them: a changed entry, a
// birth date that was not known then, or an equal identifier that was not there then opens the hit again. Of several words
// the newest counts. Whose words are asked for is decided by who the person is (person-identity.ts).

import type { HitClearing, WatchlistHit, WatchlistsResult } from '../decision/check-results.ts'
import type { EpochMs } from '../time.ts'

export type Verdict = 'cleared' | 'open'

/** What holds a word to what its reviewer saw. */
export type ClearedAs = { entry_hash: string; had_identifier: boolean }

/** A word from another session of the same person, on the hit that it was found for. */
export type FoundWord = ClearedAs & { hit_id: string; verdict: Verdict; session_id: string; at: EpochMs }

/** A word that was given in the session itself. */
export type OwnWord = ClearedAs & {
  hit_id: string
  verdict: Verdict
  subject_date_of_birth: string | null
  at: EpochMs
}

export const clearedAs = (hit: WatchlistHit): ClearedAs => ({
  entry_hash: hit.entry_hash,
  had_identifier: isOnEqualIdentifier(hit),
})

/** Of a word from elsewhere, the person's identity has said so much already. */
export const covers = (word: ClearedAs, hit: WatchlistHit): boolean =>
  word.entry_hash === hit.entry_hash && (word.had_identifier || !isOnEqualIdentifier(hit))

export const coversOwn = (word: OwnWord, hit: WatchlistHit): boolean =>
  word.hit_id === hit.hit_id && covers(word, hit) && isBornAsKnown(word.subject_date_of_birth, hit)

/** A reviewer who knew the birth date has judged the name without it, too. */
const isBornAsKnown = (known: string | null, hit: WatchlistHit): boolean =>
  hit.subject_date_of_birth === undefined || hit.subject_date_of_birth === known

const isOnEqualIdentifier = (hit: WatchlistHit): boolean =>
  hit.explanation.evidence.some((one) => one.factor === 'identifier' && one.outcome === 'supports')

export type KnownWords = { session_id: string; own: readonly OwnWord[]; found: readonly FoundWord[] }

/** The result with what is cleared marked as that, and nothing else changed. */
export const withClearings = (result: WatchlistsResult, words: KnownWords): WatchlistsResult => ({
  ...result,
  hits: result.hits.map((hit) => withClearing(hit, clearingOf(hit, words))),
})

export function withClearing(hit: WatchlistHit, clearing: HitClearing | null): WatchlistHit {
  const { clearing: _, ...rest } = hit
  return clearing === null ? { ...rest, whitelisted: false } : { ...rest, whitelisted: true, clearing }
}

function clearingOf(hit: WatchlistHit, { session_id, own, found }: KnownWords): HitClearing | null {
  const mine = own
    .filter((word) => word.hit_id === hit.hit_id && (word.verdict === 'open' || coversOwn(word, hit)))
    .map(({ verdict, at }) => ({ verdict, at, session_id }))
  // What D1 knows of this session's own words may be older than they are.
  const theirs = found
    .filter((word) => word.hit_id === hit.hit_id && word.session_id !== session_id)
    .filter((word) => word.verdict === 'open' || covers(word, hit))
  const [last] = [...mine, ...theirs].toSorted(
    (left, right) => right.at - left.at || Number(left.verdict === 'cleared') - Number(right.verdict === 'cleared'),
  )
  return last?.verdict === 'cleared' ? { session_id: last.session_id, at: last.at } : null
}
