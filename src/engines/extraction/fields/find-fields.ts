// Finds fields in printed text by their labels, knowing no layout: a value stands behind its label, or under it in the
// same column. A value that does not fit its label is left out; of two values for one field the first counts.

import type { ExtractedField } from '../../../domain/decision/check-results.ts'
import type { DocumentFamily } from '../document-families.ts'
import type { TextLine } from '../ocr/text-lines.ts'
import { findLabels } from './find-labels.ts'
import type { LabelHit } from './find-labels.ts'
import { labelsFor } from './labels.ts'
import type { LabelledField } from './labels.ts'
import type { DateOrder } from './printed-dates.ts'
import { segmentsOf } from './segments.ts'
import type { Segment } from './segments.ts'
import { valueOfField } from './values.ts'

export type Fields = Record<string, ExtractedField>
export type FieldSource = 'visual' | 'pdf_text'

/** In heights of a letter: how far below its label a value may begin, and its next line below it. */
const REACH_DOWN = 3.2
const SIDE_STEP = 1.5
const MAX_ADDRESS_LINES = 4

export function findFields(
  lines: readonly TextLine[],
  family: DocumentFamily,
  options: { source: FieldSource; order: DateOrder },
): Fields {
  const segments = segmentsOf(lines)
  const hits = findLabels(segments, labelsFor(family))
  const labelled = new Set(hits.map((hit) => hit.segment))
  const fields: Fields = {}
  for (const hit of hits) {
    if (hit.field === 'other' || fields[hit.field] !== undefined) continue
    // Cards print values under their labels, letters beside them.
    const ways = family === 'card' ? [behind, below, beside] : [behind, beside, below]
    const found = firstOf(ways, (way) => way(segments, hit, labelled, options.order))
    if (found !== null) fields[hit.field] = { ...found, source: options.source }
  }
  return fields
}

type Found = { value: string; raw: string; confidence: number }

type Way = (
  segments: readonly Segment[],
  hit: LabelHit,
  labelled: ReadonlySet<number>,
  order: DateOrder,
) => Found | null

function firstOf(ways: readonly Way[], take: (way: Way) => Found | null): Found | null {
  for (const way of ways) {
    const found = take(way)
    if (found !== null) return found
  }
  return null
}

/** Behind the label in its segment. */
const behind: Way = (segments, hit, labelled, order) => {
  const segment = segments[hit.segment]
  const rest = segment === undefined ? '' : restOf(segment, hit.end)
  if (segment === undefined || rest === '') return null
  const parts = [{ text: rest, confidence: segment.confidence }, ...more(segments, hit, labelled)]
  return accepted(hit.field, parts, order)
}

/** In the next column of the same row. */
const beside: Way = (segments, hit, labelled, order) => {
  const segment = segments[hit.segment]
  const next = segments[hit.segment + 1]
  if (segment === undefined || restOf(segment, hit.end) !== '') return null
  if (next === undefined || next.line !== segment.line || labelled.has(hit.segment + 1)) return null
  return accepted(hit.field, [next, ...more(segments, { ...hit, segment: hit.segment + 1 }, labelled)], order)
}

const below: Way = (segments, hit, labelled, order) => {
  const label = segments[hit.segment]
  if (label === undefined || restOf(label, hit.end) !== '') return null
  const under = nextBelow(segments, hit.segment, label)
  if (under === null || labelled.has(under)) return null
  const first = segments[under]
  return first === undefined
    ? null
    : accepted(hit.field, [first, ...more(segments, { ...hit, segment: under }, labelled)], order)
}

/** An address and a list of people go on below, in the same column, until a label or a gap. */
function more(segments: readonly Segment[], hit: LabelHit, labelled: ReadonlySet<number>): Segment[] {
  if (hit.field !== 'address' && hit.field !== 'directors') return []
  const following: Segment[] = []
  let at = hit.segment
  while (following.length < MAX_ADDRESS_LINES) {
    const segment = segments[at]
    const next = segment === undefined ? null : nextBelow(segments, at, segment)
    const found = next === null ? undefined : segments[next]
    if (next === null || found === undefined || labelled.has(next) || isLabelLike(found)) break
    following.push(found)
    at = next
  }
  return following
}

/** The nearest segment under this one that shares its column. */
function nextBelow(segments: readonly Segment[], from: number, above: Segment): number | null {
  const { box, height, line } = above
  for (let index = from + 1; index < segments.length; index += 1) {
    const candidate = segments[index]
    if (candidate === undefined || candidate.line === line) continue
    if (candidate.box.top - box.bottom > height * REACH_DOWN) return null
    const isUnder = candidate.box.top > (box.top + box.bottom) / 2
    if (isUnder && Math.abs(candidate.box.left - box.left) <= height * SIDE_STEP) return index
  }
  return null
}

/** "Account number: …" under an address is the next row, whether or not its label is known. */
const isLabelLike = (segment: Segment): boolean => /^[^\d,]{3,30}:/.test(segment.text)

const restOf = (segment: Segment, end: number): string => {
  const last = segment.tokens[end - 1]
  const words = segment.tokens.slice(end).map((token) => token.word)
  // A word that holds both the end of the label and the value ("Sex:F") counts as value.
  return [...new Set(words)]
    .filter((word) => word !== last?.word || word.text.includes(':'))
    .map((word) => (word === last?.word ? word.text.slice(word.text.indexOf(':') + 1) : word.text))
    .join(' ')
    .replace(/^[\s:./|-]+$/, '')
}

function accepted(
  field: LabelledField,
  parts: readonly { text: string; confidence: number }[],
  order: DateOrder,
): Found | null {
  const texts = parts.map((part) => part.text)
  const raw = texts.join(field === 'directors' ? '; ' : ', ').replace(/,\s*,/g, ',')
  const value = valueOfField(field, raw, order)
  const confidence = parts.reduce((sum, part) => sum + part.confidence, 0) / Math.max(parts.length, 1)
  return value === null ? null : { value, raw, confidence: Math.round(confidence * 100) / 100 }
}
