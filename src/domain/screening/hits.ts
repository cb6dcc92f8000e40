// What the search answers, as the check's result keeps it: hits under ids that a re-run gives again, the best first, and no
// more than a session can hold. It neither searches nor judges.

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { WatchlistHit, WatchlistMatch, WatchlistsResult } from '../decision/check-results.ts'
import { identityName } from './identity-name.ts'
import type { Screening, ScreeningHit, ScreeningSubject } from './screening.ts'

export const MAX_HITS_OF_A_SUBJECT = 20
export const MAX_MISSES_OF_A_SUBJECT = 5
/** UTF-8 bytes of JSON. A result is kept in the run and in the session's results, and a session holds 1 MiB. */
const MAX_HITS_BYTES = 48 * 1024
const MAX_MISSES_BYTES = 12 * 1024

const HIT_ID_HEX = 32

export const hitIdOf = (hit: Pick<WatchlistMatch, 'list' | 'reference' | 'subject_name'>): string => {
  const identity = JSON.stringify([hit.list, hit.reference, identityName(hit.subject_name)])
  return `hit_${bytesToHex(sha256(utf8ToBytes(identity))).slice(0, HIT_ID_HEX)}`
}

export function matchOf(hit: ScreeningHit, subject: Pick<ScreeningSubject, 'date_of_birth'>): WatchlistMatch {
  const { source_url, programs, ...same } = hit
  const [program] = programs
  const born = subject.date_of_birth ?? null
  return {
    ...same,
    programs,
    ...(program === undefined ? {} : { program }),
    ...(source_url === null ? {} : { source_url }),
    ...(born === null ? {} : { subject_date_of_birth: born }),
  }
}

/** `screenings` in the order of `subjects`, each asked for one hit more than may be kept. */
export function keptMatches(
  subjects: readonly ScreeningSubject[],
  screenings: readonly Screening[],
  withMisses: boolean,
): Pick<WatchlistsResult, 'hits' | 'is_truncated' | 'near_misses'> {
  const answers = subjects.flatMap((subject, index) => {
    const screening = screenings[index]
    return screening === undefined ? [] : [{ subject, screening }]
  })
  const found = answers.flatMap(({ subject, screening }) =>
    screening.hits.slice(0, MAX_HITS_OF_A_SUBJECT).map((hit) => matchOf(hit, subject)),
  )
  const hits = bestOfEach(found).map((match): WatchlistHit => ({
    ...match,
    hit_id: hitIdOf(match),
    whitelisted: false,
  }))
  const kept = withinBytes(hits, MAX_HITS_BYTES)
  const isTruncated =
    kept.length < hits.length || answers.some(({ screening }) => screening.hits.length > MAX_HITS_OF_A_SUBJECT)
  const known = new Set(hits.map((hit) => hit.hit_id))
  const misses = bestOfEach(
    answers.flatMap(({ subject, screening }) => screening.near_misses.map((miss) => matchOf(miss, subject))),
  ).filter((miss) => !known.has(hitIdOf(miss)))
  return {
    hits: kept,
    ...(isTruncated ? { is_truncated: true } : {}),
    ...(withMisses ? { near_misses: withinBytes(misses, MAX_MISSES_BYTES) } : {}),
  }
}

/** One name may be borne by two that the session names: the closer of two equal matches counts. The best first. */
function bestOfEach(matches: readonly WatchlistMatch[]): WatchlistMatch[] {
  const best = new Map<string, WatchlistMatch>()
  for (const match of matches) {
    const id = hitIdOf(match)
    const known = best.get(id)
    if (known === undefined || known.score < match.score) best.set(id, match)
  }
  return [...best.values()].toSorted((left, right) => right.score - left.score)
}

function withinBytes<T>(matches: readonly T[], maxBytes: number): T[] {
  let bytes = 0
  const end = matches.findIndex((match) => {
    bytes += utf8ToBytes(JSON.stringify(match)).length
    return bytes > maxBytes
  })
  return end === -1 ? [...matches] : matches.slice(0, end)
}
