// Time cut into spans of 2^bits ms, aligned and nested. A range of updated_at is a few whole spans and two ends that are less
// than the smallest one, so an index of each size that ends in created_key finds the range in the order of creation.
// A span is rewritten only when a change falls into another one: the large ones hardly ever, 17 minutes once or twice a sitting.

import type { EpochMs } from '../../domain/time.ts'

/** 17 minutes, 2.3 hours, 18.6 hours, 6.2 days, 50 days. */
export const SPAN_BITS = [20, 23, 26, 29, 32] as const
export type SpanBits = (typeof SPAN_BITS)[number]

export const spanColumn = <Bits extends SpanBits>(bits: Bits): `updated_${Bits}` => `updated_${bits}`
export const spanOf = (at: EpochMs, bits: SpanBits): number => Math.floor(at / 2 ** bits)

/** `to` is exclusive. */
export type Range = { from: EpochMs; to: EpochMs }
/** A whole span, or an end: a range within one of the smallest spans. */
export type Piece = { kind: 'span'; bits: SpanBits; span: number } | ({ kind: 'end' } & Range)

const SMALLEST = 2 ** SPAN_BITS[0]
const LARGEST = 2 ** 32

export const largestSpanStart = (at: EpochMs): EpochMs => Math.floor(at / LARGEST) * LARGEST
export const afterLargestSpan = (at: EpochMs): EpochMs => largestSpanStart(at) + LARGEST

/** Disjoint, in order, and together exactly the range. */
export function piecesOf({ from, to }: Range): Piece[] {
  if (from >= to) return []
  const first = Math.ceil(from / SMALLEST) * SMALLEST
  const last = Math.floor(to / SMALLEST) * SMALLEST
  if (first > last) return [{ kind: 'end', from, to }]
  const pieces: Piece[] = from < first ? [{ kind: 'end', from, to: first }] : []
  for (let at = first; at < last;) {
    const bits = largestThatFits(at, last)
    pieces.push({ kind: 'span', bits, span: spanOf(at, bits) })
    at += 2 ** bits
  }
  return last < to ? [...pieces, { kind: 'end', from: last, to }] : pieces
}

function largestThatFits(at: EpochMs, to: EpochMs): SpanBits {
  return SPAN_BITS.findLast((bits) => at % 2 ** bits === 0 && at + 2 ** bits <= to) ?? SPAN_BITS[0]
}
