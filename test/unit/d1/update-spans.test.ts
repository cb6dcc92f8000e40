import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Piece, piecesOf, SPAN_BITS, spanOf } from '../../../src/platform/d1/update-spans.ts'

const START = Date.UTC(2026, 0, 1)
const DECADE = 10 * 366 * 86_400_000
const edgesOf = (piece: Piece): [number, number] =>
  piece.kind === 'end' ? [piece.from, piece.to] : [piece.span * 2 ** piece.bits, (piece.span + 1) * 2 ** piece.bits]

describe('the pieces of a range of time', () => {
  const instant = fc.integer({ min: START, max: START + DECADE })

  test('follow one another without gap or overlap, from its beginning to its end', () => {
    fc.assert(
      fc.property(instant, instant, (one, other) => {
        const [from, to] = one < other ? [one, other] : [other, one]
        let reached = from
        for (const piece of piecesOf({ from, to })) {
          const [begins, ends] = edgesOf(piece)
          expect(begins).toBe(reached)
          expect(ends).toBeGreaterThan(begins)
          reached = ends
        }
        expect(reached).toBe(to)
      }),
    )
  })

  test('are at most seven of a size on either side of the largest, and two ends within a smallest span', () => {
    fc.assert(
      fc.property(instant, instant, (one, other) => {
        const pieces = piecesOf({ from: Math.min(one, other), to: Math.max(one, other) })
        for (const bits of SPAN_BITS.slice(0, -1)) {
          const ofThisSize = pieces.filter((piece) => piece.kind === 'span' && piece.bits === bits)
          expect(ofThisSize.length).toBeLessThanOrEqual(14)
        }
        const ends = pieces.filter((piece) => piece.kind === 'end')
        expect(ends.length).toBeLessThanOrEqual(2)
        for (const end of ends) {
          const [begins, stops] = edgesOf(end)
          expect(spanOf(begins, SPAN_BITS[0])).toBe(spanOf(stops - 1, SPAN_BITS[0]))
        }
      }),
    )
  })

  test('are none where nothing lies between', () => {
    expect(piecesOf({ from: START, to: START })).toEqual([])
    expect(piecesOf({ from: START + 1, to: START })).toEqual([])
  })
})
