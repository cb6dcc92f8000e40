// Where a label stands in the segments of a page. A label begins its segment or follows another one (translations stand
// side by side); the same word inside a sentence is no label. A wrong letter in a longer word is let pass.

import { editDistance } from '../edit-distance.ts'
import type { Label, LabelledField } from './labels.ts'
import type { Segment } from './segments.ts'

export type LabelHit = { field: LabelledField; segment: number; end: number }

const FORGIVING_FROM = 6
const VERY_FORGIVING_FROM = 10
/** "4b. Date of expiry", "No 3 Surname": what may stand before a label. */
const PREFIX = /^(?:\d{1,2}[A-D]?|NO|N[O\d]?|[A-D]|THE|IHR|YOUR)$/
const MAX_PREFIX = 2

/** Segments that begin with a label; `end` is the first token that is not part of one. */
export function findLabels(segments: readonly Segment[], labels: readonly Label[]): LabelHit[] {
  return segments.flatMap((segment, index) => {
    const words = segment.tokens.map((token) => token.folded)
    let reach = 0
    while (reach < MAX_PREFIX && PREFIX.test(words[reach] ?? '')) reach += 1
    for (let from = 0; from <= reach; from += 1) {
      const first = labelAt(words, from, labels)
      if (first === null) continue
      let end = from + first.words.length
      for (let next = labelAt(words, end, labels); next !== null; next = labelAt(words, end, labels)) {
        // A colon ends the label: what follows is the value, whatever it says.
        if (endsLabel(segment, end) || next.field !== first.field) break
        end += next.words.length
      }
      return [{ field: first.field, segment: index, end }]
    }
    return []
  })
}

function labelAt(words: readonly string[], from: number, labels: readonly Label[]): Label | null {
  if (from >= words.length) return null
  return labels.find((label) => label.words.every((word, index) => isSame(words[from + index] ?? '', word))) ?? null
}

const endsLabel = (segment: Segment, end: number): boolean => segment.tokens[end - 1]?.raw.endsWith(':') ?? false

function isSame(read: string, word: string): boolean {
  if (read === word) return true
  if (word.length < FORGIVING_FROM || Math.abs(read.length - word.length) > 1) return false
  return editDistance(read, word) <= (word.length < VERY_FORGIVING_FROM ? 1 : 2)
}
