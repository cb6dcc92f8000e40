// The distance of two faces as a number that a workflow's threshold is held against: 1 for the same picture, 0.85 where the
// default threshold lies, 0 for nothing alike. It falls with the distance and says nothing more than the distance does.

/** [distance, similarity]: between them straight lines. 0.82 is the line of a match, 0.95 that of no match (docs/faces.md). */
const CURVE = [
  [0, 1],
  [0.82, 0.85],
  [0.95, 0.7],
  [1.5, 0],
] as const

export const DEFAULT_FACE_THRESHOLD = 0.85
/** Below the threshold by no more than this a person decides. */
export const REVIEW_BAND = 0.15

export function similarityOf(distance: number): number {
  for (const [index, [to, low]] of CURVE.entries()) {
    const before = CURVE[index - 1]
    if (distance > to) continue
    if (before === undefined) return low
    const [from, high] = before
    return round(high - ((high - low) * (distance - from)) / (to - from))
  }
  return 0
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000

export type MatchDecision = 'match' | 'review' | 'no_match'

export function decisionOf(similarity: number, threshold = DEFAULT_FACE_THRESHOLD): MatchDecision {
  if (similarity >= threshold) return 'match'
  return similarity >= threshold - REVIEW_BAND ? 'review' : 'no_match'
}
