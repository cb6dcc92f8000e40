// A range of updated_at in the order of creation. Its spans and its two ends (update-spans.ts) are seeks that list-page.ts
// merges: a page costs its rows, one more for each seek that finds something, and what lies in the ends' spans.
// A session is never changed before it is made: those made since `from` need no lower end, and with no upper end no seek at all.
// They are the first zone. It is read alone until it runs out, and all the seeks of the range are for those made before `from`.
// Only the cost hangs on that: list-page.ts tests updated_at of every row.

import { type SQL, sql } from 'drizzle-orm'
import type { TenantScope } from '../../application/actor.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { CreatedBound } from './created-bounds.ts'
import type { Seek } from './list-filter.ts'
import { createdKeyPrefix } from './session-columns.ts'
import { allOf, inScope } from './statement.ts'
import {
  afterLargestSpan,
  largestSpanStart,
  type Piece,
  piecesOf,
  type Range,
  SPAN_BITS,
  type SpanBits,
  spanColumn,
  spanOf,
} from './update-spans.ts'

export type Zone = { bounds: CreatedBound[]; seeks: Seek[] }

/** No session is older than the service; were one, it would be sorted in. */
const FIRST = largestSpanStart(Date.UTC(2026, 0, 1))
/** D1 allows 100 parameters a statement, and each seek has one: beyond this (some years) the order is walked. */
const MAX_SEEKS = 80
/** So few within an end are sorted; of more, walking the end's span soon meets some. To know it costs as many rows again. */
const FEW = 3
/** Where that is too dear, an end of less than this part of its span is taken as few, any other as many. */
const SHORT_END = 0.25
/** Where the first zone ends within a page, the seeks of both are paid. */
const WORTH_A_ZONE = 10
const [SMALLEST_BITS] = SPAN_BITS

const BY_CREATION: Seek = { index: sql`sessions_by_created`, equals: sql`TRUE` }

/** The newest first. */
export function zonesOf(scope: TenantScope, range: Partial<Range> | null, now: EpochMs): Zone[] {
  const walk: Zone = { bounds: [], seeks: [BY_CREATION] }
  if (range === null) return [walk]
  const { from, to } = range
  const all = seeksOf(scope, { from: from ?? 0, to: to ?? Number.MAX_SAFE_INTEGER }, now)
  if (all.length > MAX_SEEKS) return [walk]
  if (from === undefined) return [{ bounds: [], seeks: all }]
  const key = createdKeyPrefix(from)
  const since = to === undefined ? [BY_CREATION] : seeksOf(scope, { from: largestSpanStart(from), to }, now)
  if (to !== undefined && all.length - since.length < WORTH_A_ZONE) return [{ bounds: [], seeks: all }]
  return [
    { bounds: [{ is: '>=', key }], seeks: since },
    { bounds: [{ is: '<', key }], seeks: all },
  ]
}

/** Spans end somewhere: what is older than the first or, by some clock, newer than now is found by its time itself. */
function seeksOf(scope: TenantScope, { from, to }: Range, now: EpochMs): Seek[] {
  const end = afterLargestSpan(now)
  const outside = [
    { from, to: Math.min(to, FIRST) },
    { from: Math.max(from, end), to },
  ].filter((range) => range.from < range.to)
  const pieces = piecesOf({ from: Math.max(from, FIRST), to: Math.min(to, end) })
  // A range of two ends has no rows to spare. `updated_from` alone is what clients poll with, right after a sweep too.
  const counted = (isShort: boolean): boolean => to > end || (from < FIRST && isShort)
  return [...outside.map((range) => byTime(range)), ...pieces.flatMap((piece) => seeksOfPiece(scope, piece, counted))]
}

function seeksOfPiece(scope: TenantScope, piece: Piece, counted: (isShort: boolean) => boolean): Seek[] {
  if (piece.kind === 'span') return [inSpan(piece.bits, piece.span)]
  const span = spanOf(piece.from, SMALLEST_BITS)
  const isShort = piece.to - piece.from < SHORT_END * 2 ** SMALLEST_BITS
  if (!counted(isShort)) return [isShort ? byTime(piece) : inSpan(SMALLEST_BITS, span)]
  const some = sql`SELECT 1 FROM sessions AS s INDEXED BY sessions_by_updated
    WHERE ${allOf([inScope(sql`s`, scope), byTime(piece).equals])} LIMIT ${FEW + 1}`
  const areFew = sql`(SELECT count(*) FROM (${some})) <= ${FEW}`
  return [byTime(piece, areFew), inSpan(SMALLEST_BITS, span, sql`NOT ${areFew}`)]
}

/** A seek for null finds nothing; a condition on its own would be looked at row by row. */
const when = (condition: SQL | null, value: number): SQL =>
  condition === null ? sql`${value}` : sql`CASE WHEN ${condition} THEN ${value} END`

const inSpan = (bits: SpanBits, span: number, condition: SQL | null = null): Seek => ({
  index: sql.raw(`sessions_by_${spanColumn(bits)}`),
  equals: sql`s.${sql.raw(spanColumn(bits))} = ${when(condition, span)}`,
})

const byTime = ({ from, to }: Range, condition: SQL | null = null): Seek => ({
  index: sql`sessions_by_updated`,
  equals: sql`s.updated_at >= ${when(condition, from)} AND s.updated_at < ${to}`,
})
