import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LookedAt, LookedAtFace } from '../../../../src/engines/face/engine.ts'
import { distancesOf, quickDistance } from '../../../../src/engines/face/face-distance.ts'
import { matchFaces } from '../../../../src/engines/face/match-faces.ts'
import { problemsOf } from '../../../../src/engines/face/quality.ts'
import { decisionOf, similarityOf } from '../../../../src/engines/face/similarity.ts'
import { drawnFace } from '../../../support/faces/drawn-face.ts'

const box = { x: 50, y: 60, width: 100, height: 120, score: 0.9 }

describe('the quality gate', () => {
  const good = { box, points: drawnFace(), chipScore: 0.8 }

  it('lets a face through that was seen well, twice', () => {
    expect(problemsOf(good)).toEqual([])
  })

  it.each([
    ['one that the detector doubts', { ...good, box: { ...box, score: 0.54 } }, 'low_score'],
    ['one that is not seen again once it is aligned', { ...good, chipScore: 0.49 }, 'not_seen_when_aligned'],
    [
      'one whose nose is above its eyes',
      { ...good, points: drawnFace({ nose: { x: 100, y: 90 } }) },
      'landmarks_out_of_order',
    ],
    [
      'one whose mouth is at its nose',
      { ...good, points: drawnFace({ mouth: { y: 128, width: 48 } }) },
      'landmarks_out_of_order',
    ],
    [
      'one whose mouth is the wrong way round',
      { ...good, points: drawnFace({ mouth: { y: 160, width: -48 } }) },
      'landmarks_out_of_order',
    ],
    ['one whose points lie beside its box', { ...good, box: { ...box, x: 300 } }, 'landmarks_out_of_order'],
    [
      'one of 23 pixels between the eyes',
      {
        ...good,
        points: drawnFace().map(({ x, y }) => ({ x: x * 0.38, y: y * 0.38 })),
        box: { ...box, x: 19, y: 22, width: 38, height: 46 },
      },
      'too_small',
    ],
  ] as const)('stops %s', (_name, evidence, problem) => {
    expect(problemsOf(evidence)).toEqual([problem])
  })

  it('asks for order along the face itself, however it is turned in the picture', () => {
    const turn = ({ x, y }: { x: number; y: number }) => ({ x: 100 - (y - 120), y: 120 + (x - 100) })
    expect(problemsOf({ ...good, points: drawnFace().map(turn), box: { ...box, y: 70, width: 120 } })).toEqual([])
  })
})

describe('similarity', () => {
  it('is 0.85 where the default threshold lies, and falls with every step of the distance', () => {
    expect([0, 0.82, 0.95, 1.5, 9].map(similarityOf)).toEqual([1, 0.85, 0.7, 0, 0])
    fc.assert(
      fc.property(fc.double({ min: 0, max: 3, noNaN: true }), fc.double({ min: 0, max: 3, noNaN: true }), (a, b) => {
        const [near, far] = [Math.min(a, b), Math.max(a, b)]
        expect(similarityOf(near)).toBeGreaterThanOrEqual(similarityOf(far))
      }),
    )
    expect(similarityOf(Number.POSITIVE_INFINITY)).toBe(0)
  })

  it('is for a person to look at a little below the threshold, wherever a workflow puts that', () => {
    expect([0.85, 0.84, 0.7, 0.69].map((value) => decisionOf(value))).toEqual(['match', 'review', 'review', 'no_match'])
    expect([0.95, 0.94, 0.8, 0.79].map((value) => decisionOf(value, 0.95))).toEqual([
      'match',
      'review',
      'review',
      'no_match',
    ])
  })
})

describe('the distance of two faces', () => {
  it('weighs both opinions by their own lines', () => {
    const one = { dlib: Float32Array.of(0, 0), arcface: Float32Array.of(1, 0) }
    const other = { dlib: Float32Array.of(0.61, 0), arcface: Float32Array.of(0.28, 0.96) }
    const { dlib, arcface, fused } = distancesOf(one, other)
    expect([dlib, arcface, fused].map((value) => value.toFixed(3))).toEqual(['0.610', '0.720', '1.000'])
    expect(quickDistance(one.arcface, other.arcface)).toBeCloseTo(1)
    expect(distancesOf(one, one).fused).toBe(0)
  })
})

describe('two pictures', () => {
  const near = { dlib: Float32Array.of(0, 0), arcface: Float32Array.of(1, 0) }
  const far = { dlib: Float32Array.of(1, 0), arcface: Float32Array.of(0, 1) }
  const face = (change: Partial<LookedAtFace> = {}): LookedAtFace => ({
    box,
    points: [],
    eyeDistance: 60,
    chipScore: 0.8,
    problems: [],
    vector: near,
    ...change,
  })
  const looked = (...faces: LookedAtFace[]): LookedAt => ({ problem: null, width: 400, height: 200, faces })
  const document = (...faces: LookedAtFace[]) => ({ kind: 'document' as const, looked: looked(...faces) })
  const selfie = (...faces: LookedAtFace[]) => ({ kind: 'selfie' as const, looked: looked(...faces) })
  const unreliable = face({ problems: ['low_score'], vector: null })

  it('match when their faces are near, and do not when they are far', () => {
    expect(matchFaces(document(face()), selfie(face()))).toMatchObject({
      is_match: true,
      decision: 'match',
      similarity: 1,
    })
    expect(matchFaces(document(face()), selfie(face({ vector: far })))).toMatchObject({
      is_match: false,
      decision: 'no_match',
    })
  })

  it('are compared by the largest reliable face of a document, past what is none and past smaller prints', () => {
    const ghost = face({ vector: null, box: { ...box, width: 30 } })
    const match = matchFaces(document(unreliable, face(), ghost), selfie(face()))
    expect(match).toMatchObject({
      decision: 'match',
      quality: { reference: { problem: null, faces: 3, reliable_faces: 2 } },
    })
    expect(match.faces.map(({ is_compared }) => is_compared)).toEqual([false, true, false, true])
    expect(match.faces[0]?.box).toEqual({ x: 0.125, y: 0.3, width: 0.25, height: 0.6 })
  })

  it('are for a person to look at when the selfie shows two, near or far', () => {
    for (const vector of [near, far]) {
      expect(matchFaces(document(face()), selfie(face({ vector }), face({ vector: null })))).toMatchObject({
        is_match: false,
        decision: 'review',
        quality: { probe: { problem: 'several_faces' } },
      })
    }
  })

  it.each([
    ['shows no face', selfie(), 'no_face'],
    ['shows none that can be relied on', selfie(unreliable), 'no_reliable_face'],
    [
      'could not be read',
      { kind: 'selfie' as const, looked: { ...looked(), problem: 'unreadable' as const } },
      'unreadable',
    ],
  ])('never match when one %s', (_name, probe, problem) => {
    expect(matchFaces(document(face()), probe)).toMatchObject({
      is_match: false,
      decision: 'no_reliable_face',
      similarity: null,
      distance: null,
      quality: { probe: { problem } },
    })
    expect(matchFaces({ ...probe, kind: 'document' }, selfie(face())).decision).toBe('no_reliable_face')
  })
})
